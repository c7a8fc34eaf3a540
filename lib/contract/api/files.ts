import { z } from 'zod'
import { attemptOutcomes, deliveryChannels, fileStatuses, generationStates } from '../file-view.ts'
import { kinds } from '../generation.ts'
import { allSizes, aspectRatios, imageFormats, imageRatios } from '../model-view.ts'
import { errorCodeSchema } from './problem.ts'
import { means, momentSchema, sentenceSchema } from './sentence.ts'
import { workOrderSchema } from './work.ts'

const pixels = z.int().meta(means('api.fields.pixels'))
const share = z.number().meta(means('api.fields.focus'))
const providerSays = { errorCode: errorCodeSchema, says: sentenceSchema }
const ofProvider = { providerLabel: z.string() }

export const waitSchema = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('provider_cooldown'), ...providerSays }),
    z.object({ code: z.literal('provider_off'), ...ofProvider }),
    z.object({ code: z.literal('retry'), ...providerSays }),
    z.object({ code: z.literal('earlier_job') }),
    z.object({ code: z.literal('canceling') }),
    z.object({ code: z.literal('provider_says'), says: sentenceSchema }),
    z.object({ code: z.literal('provider_unreachable'), ...ofProvider }),
    z.object({ code: z.literal('provider_refuses'), ...providerSays }),
    z.object({ code: z.literal('job_not_found'), ...ofProvider }),
    z.object({ code: z.literal('saving') }),
    z.object({
      code: z.literal('link_not_ready'),
      ...ofProvider,
      isFilmBroken: z.boolean().optional(),
    }),
    z.object({ code: z.literal('inputs') }),
    z.object({ code: z.literal('storage_down') }),
    z.object({ code: z.literal('storage_full') }),
    z.object({ code: z.literal('parked') }),
  ])
  .meta({ id: 'WaitReason', ...means('api.fields.wait') })

export const inputsSchema = z
  .object({
    firstFrame: z.string().nullable().meta(means('api.fields.inputImage')),
    lastFrame: z.string().nullable().meta(means('api.fields.inputImage')),
    references: z.array(z.string()),
    sourceVideo: z.string().nullable().meta(means('api.fields.inputVideo')),
    sources: z.array(z.string()).optional(),
  })
  .meta({ id: 'GenerationInputs', ...means('api.fields.inputs') })

const second = z.number().meta(means('api.fields.secondOfSource'))
const span = { from: second, to: second }

export const editOrderSchema = z
  .discriminatedUnion('operation', [
    z.object({ operation: z.literal('trim'), ...span }),
    z.object({
      operation: z.literal('join'),
      continued: z.boolean().optional().meta(means('api.fields.continued')),
    }),
    z.object({ operation: z.literal('mute') }),
    z.object({ operation: z.literal('loop'), times: z.int().meta(means('api.fields.times')) }),
    z.object({
      operation: z.literal('crop'),
      aspectRatio: z.enum(aspectRatios),
      focus: z.object({ x: share, y: share }),
    }),
    z.object({
      operation: z.literal('frame'),
      at: z.union([z.number(), z.enum(['first', 'last'])]).meta(means('api.fields.frameAt')),
    }),
    z.object({
      operation: z.literal('animation'),
      format: z.enum(['gif', 'webp']),
      ...span,
      width: pixels,
      fps: z.int().meta(means('api.fields.fps')),
    }),
  ])
  .meta({ id: 'EditOrder' })

export const expectedSchema = z
  .object({
    seconds: z.number().meta(means('api.fields.medianSeconds')),
    p90Seconds: z.number().nullable().meta(means('api.fields.p90Seconds')),
    runs: z.int().meta(means('api.fields.runs')),
  })
  .meta({ id: 'ExpectedTime', ...means('api.fields.expected') })

export const attemptSchema = z
  .object({
    number: z.int().meta(means('api.fields.attemptNumber')),
    provider: z.string(),
    providerLabel: z.string(),
    model: z.string(),
    reason: z.string(),
    reasonRef: sentenceSchema.optional(),
    outcome: z.enum(attemptOutcomes).meta(means('api.fields.outcome')),
    error: z
      .object({
        code: errorCodeSchema,
        message: z.string(),
        messageRef: sentenceSchema.optional(),
      })
      .nullable()
      .meta(means('api.fields.attemptError')),
    reference: z.string().nullable().meta(means('api.fields.reference')),
    consoleUrl: z.string().nullable().meta(means('api.fields.consoleUrl')),
    costUsd: z.number().nullable().meta(means('api.fields.costUsd')),
    startedAt: momentSchema,
    endedAt: momentSchema.nullable().meta(means('api.fields.attemptEndedAt')),
  })
  .meta({ id: 'Attempt' })

const costSchema = z
  .object({
    estimatedUsd: z.number().meta(means('api.fields.estimatedUsd')),
    upToUsd: z.number().meta(means('api.fields.upToUsd')),
    providerUsd: z.number().meta(means('api.fields.providerUsd')),
    actualUsd: z.number().nullable().meta(means('api.fields.actualUsd')),
    isReported: z.boolean(),
    heldUsd: z.number().nullable().meta(means('api.fields.heldUsd')),
    chargedUsd: z.number().nullable().meta(means('api.fields.chargedUsd')),
    returnedUsd: z.number().nullable().meta(means('api.fields.returnedUsd')),
  })
  .meta({ id: 'Cost' })

export const settingsSchema = z.object({
  prompt: z.string(),
  model: z.string(),
  aspectRatio: z.enum(imageRatios),
  duration: z.number().meta(means('api.fields.duration')),
  resolution: z.enum(allSizes),
  seed: z.int().meta(means('api.fields.seedUsed')),
  negativePrompt: z.string().nullable().meta(means('api.fields.negativePrompt')),
  generateAudio: z.boolean(),
  inputs: inputsSchema,
  imageFormat: z.enum(imageFormats).optional(),
  edit: editOrderSchema.optional(),
  work: workOrderSchema.optional().meta(means('api.fields.work')),
  promptBefore: z.string().optional().meta(means('api.fields.promptBefore')),
  maxUsd: z.number().nullable().meta(means('api.fields.maxUsdKept')),
})

export const fileViewSchema = z
  .object({
    id: z.string().meta(means('api.fields.fileId')),
    version: z.int().meta(means('api.fields.version')),
    type: z.enum(['video', 'image']),
    kind: z.enum(kinds),
    status: z.enum(fileStatuses).meta(means('api.fields.status')),
    state: z.enum(generationStates).meta(means('api.fields.state')),
    settings: settingsSchema,
    modelLabel: z.string(),
    providerLabel: z.string(),
    routeReason: z.string(),
    routeReasonRef: sentenceSchema,
    attempts: z.array(attemptSchema),
    isDelayed: z.boolean().meta(means('api.fields.isDelayed')),
    isDemo: z.boolean().meta(means('api.fields.isDemo')),
    progress: z.number().nullable().meta(means('api.fields.progress')),
    wait: waitSchema.nullable().meta(means('api.fields.waitOrNull')),
    message: z.string().nullable().meta(means('api.fields.viewMessage')),
    messageRef: sentenceSchema.nullish().meta(means('api.fields.viewMessageRef')),
    queuePlace: z.int().nullable().meta(means('api.fields.queuePlace')),
    expected: expectedSchema.nullable().meta(means('api.fields.expected')),
    error: z
      .object({
        code: errorCodeSchema,
        message: z.string(),
        messageRef: sentenceSchema.optional(),
        retryable: z.boolean(),
      })
      .nullable()
      .meta(means('api.fields.viewError')),
    url: z.string().nullable().meta(means('api.fields.url')),
    posterUrl: z.string().nullable().meta(means('api.fields.ofStored')),
    posterSeconds: z.number().nullable().meta(means('api.fields.posterSeconds')),
    filmstripUrl: z.string().nullable().meta(means('api.fields.filmstripUrl')),
    filmstripFrames: z.int().nullable().meta(means('api.fields.filmstripFrames')),
    contentType: z.string().nullable().meta(means('api.fields.ofStored')),
    sizeBytes: z.int().nullable().meta(means('api.fields.sizeBytes')),
    sha256: z.string().nullable().meta(means('api.fields.sha256')),
    width: pixels,
    height: pixels,
    durationSeconds: z.number().nullable().meta(means('api.fields.durationSeconds')),
    videoCodec: z.string().nullable().meta(means('api.fields.ofStored')),
    audioCodec: z.string().nullable().meta(means('api.fields.audioCodec')),
    cost: costSchema,
    canCancel: z.boolean(),
    isBilledAnyway: z.boolean().meta(means('api.fields.isBilledAnyway')),
    deliveredBy: z.enum(deliveryChannels).nullable().meta(means('api.fields.deliveredBy')),
    deliveredAfterMs: z.number().nullable().meta(means('api.fields.deliveredAfterMs')),
    createdAt: momentSchema,
    startedAt: momentSchema.nullable().meta(means('api.fields.startedAt')),
    finishedAt: momentSchema.nullable().meta(means('api.fields.finishedAt')),
  })
  .meta({ id: 'FileView', ...means('api.fields.fileView') })

export const filePageSchema = z
  .object({
    files: z.array(fileViewSchema),
    nextCursor: z.string().nullable().meta(means('api.fields.nextCursor')),
  })
  .meta({ id: 'FilePage' })

export const startedSchema = z
  .object({
    success: z.boolean(),
    projectId: z.string().optional(),
    requestId: z.string().optional(),
    fileId: z.string().optional().meta(means('api.fields.startedFileId')),
    message: z.string().optional(),
    error: z.string().optional(),
    files: z.array(fileViewSchema).optional(),
    url: z.string().optional(),
  })
  .meta({ id: 'VideoGenerationResult' })

export const timelineSchema = z
  .object({
    events: z.array(
      z.object({ state: z.enum(generationStates), provider: z.string(), at: momentSchema }),
    ),
  })
  .meta({ id: 'Timeline' })

export const deletedSchema = z
  .object({ deleted: z.int().meta(means('api.fields.deleted')) })
  .meta({ id: 'Deleted' })

export const imageSchema = z
  .object({
    id: z.string().meta(means('api.fields.imageId')),
    url: z.string(),
    contentType: z.string(),
    width: pixels,
    height: pixels,
    sizeBytes: z.int().meta(means('api.fields.bytes')),
  })
  .meta({ id: 'Image' })

export const estimateSchema = z
  .object({
    usd: z.number().meta(means('api.fields.estimateUsd')),
    upToUsd: z.number().meta(means('api.fields.upToUsd')),
    provider: z.string(),
    providerLabel: z.string(),
    reason: sentenceSchema,
    expected: expectedSchema.nullable().meta(means('api.fields.expected')),
  })
  .meta({ id: 'Estimate' })
