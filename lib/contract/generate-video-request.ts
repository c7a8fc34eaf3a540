import { type MessageKey, type Sentence, message } from '#lib/messages/message'
import * as z from 'zod/mini'
import { fitsDuration } from './choose-route.ts'
import type { GenerationInputs } from './generation-inputs.ts'
import type { AspectRatio, ModelView, Resolution } from './model-view.ts'
import { aspectRatios, resolutions } from './model-view.ts'
import {
  type Faults,
  commonFaults,
  commonSettings,
  formatFaults,
  imageId,
  key,
  readWith,
  requestFields,
  sayOf,
} from './request/request-fields.ts'

export const inputsSchema = z.strictObject({
  firstFrame: z.nullish(imageId),
  lastFrame: z.nullish(imageId),
  references: z.optional(z.array(imageId).check(z.maxLength(3, key('request.threeReferences')))),
  sourceVideo: z.nullish(
    z
      .string({ error: key('request.videoId') })
      .check(z.regex(/^(file|video)_[0-9a-z]{24}$/, key('request.videoId'))),
  ),
})

// Of the ratios and sizes there are, those of a video.
const videoRatios: readonly AspectRatio[] = aspectRatios
const videoSizes: readonly Resolution[] = resolutions

/** The fields of a request, before its model has had a look at them. */
export const videoRequestSchema = z.strictObject(
  {
    ...requestFields,
    aspectRatio: z.optional(z.enum(videoRatios, { error: key('request.chooseOf') })),
    duration: z.optional(z.number({ error: key('request.duration') })),
    resolution: z.optional(z.enum(videoSizes, { error: key('request.chooseOf') })),
    generateAudio: z.optional(z.boolean({ error: key('request.boolean') })),
    inputs: z.optional(inputsSchema),
  },
  { error: key('errors.sendObject') },
)

/** A generation as a user asks for it; everything but the prompt has a default from the model. */
export type GenerateVideoRequest = z.input<typeof videoRequestSchema>

/** A generation with every default filled in: what is stored, shown and reused. */
export interface GenerationSettings {
  prompt: string
  model: string
  aspectRatio: AspectRatio
  duration: number
  resolution: Resolution
  /** Null means: draw one at the start. */
  seed: number | null
  negativePrompt: string | null
  generateAudio: boolean
  inputs: GenerationInputs
  variations: number
  maxUsd: number | null
  useCache: boolean
  /** Absent where the prompt is as it was first written. */
  promptBefore?: string
  /** Absent where other providers may make it, too. */
  enableFallback?: false
  /** Absent where none was given. */
  callbackUrl?: string
}

/**
 * The one schema of form and server: checks a request against what its model can do and fills in the defaults.
 * The first enabled model serves where none is named. Every faulty field is named with its limits.
 */
export function generateVideoRequestSchema(models: ModelView[]) {
  return z.pipe(videoRequestSchema, readWith(models, { settingsOf, modelFaults }))
}

function settingsOf(
  request: z.output<typeof videoRequestSchema>,
  model: ModelView,
): GenerationSettings {
  const { inputs } = request
  return {
    ...commonSettings(request, model),
    aspectRatio: request.aspectRatio ?? model.defaults.aspectRatio,
    duration: request.duration ?? model.defaults.duration,
    resolution: request.resolution ?? model.defaults.resolution,
    generateAudio: request.generateAudio ?? model.defaults.generateAudio,
    inputs: {
      firstFrame: inputs?.firstFrame ?? null,
      lastFrame: inputs?.lastFrame ?? null,
      references: inputs?.references ?? [],
      sourceVideo: inputs?.sourceVideo ?? null,
    },
  }
}

function* modelFaults(
  request: z.output<typeof videoRequestSchema>,
  settings: GenerationSettings,
  model: ModelView,
): Faults {
  const { supports } = model
  const says = sayOf(model)
  yield* formatFaults(request, model)
  if (request.duration !== undefined && !fitsDuration(request.duration, supports.duration))
    yield ['duration', durationSentence(model)]
  yield* commonFaults(request, model)
  if (request.generateAudio && !supports.audio) yield ['generateAudio', says('silentOnly')]
  if (request.generateAudio === false && supports.audio && !supports.silence)
    yield ['generateAudio', says('alwaysSound')]
  yield* inputFaults(settings, model)
}

function* inputFaults({ inputs, duration }: GenerationSettings, model: ModelView): Faults {
  const { supports } = model
  const says = sayOf(model)
  if (inputs.firstFrame && !supports.firstFrame) yield ['inputs.firstFrame', says('noFirstFrame')]
  if (inputs.lastFrame && !supports.lastFrame) yield ['inputs.lastFrame', says('noLastFrame')]
  if (inputs.lastFrame && !inputs.firstFrame)
    yield ['inputs.lastFrame', message('request.lastNeedsFirst')]
  if (inputs.references.length > supports.maxReferences)
    yield ['inputs.references', says('referencesAtMost', { count: supports.maxReferences })]
  else if (inputs.references.length > 0 && inputs.firstFrame)
    yield ['inputs.references', message('request.referencesOrFrame')]
  else if (inputs.references.length > 0 && (supports.referenceSeconds ?? duration) !== duration)
    yield ['duration', says('referenceSeconds', { count: supports.referenceSeconds! })]
  if (inputs.sourceVideo && supports.sourceVideo === 'no')
    yield ['inputs.sourceVideo', says('noVideo')]
  if (!inputs.sourceVideo && supports.sourceVideo === 'required')
    yield ['inputs.sourceVideo', says('needsVideo')]
}

interface Issue {
  message: string
  /** Of a custom issue. */
  params?: Record<string, unknown>
  /** What there is to choose from. */
  values?: readonly unknown[]
}

/** What is wrong, of one issue of the schema. */
export function faultOf({ message: name, params, values }: Issue): Sentence {
  if (params?.sentence) return params.sentence as Sentence
  return message(name as MessageKey, values && { options: values.join(', ') })
}

function durationSentence({ label, supports: { duration } }: ModelView) {
  const { min, max, step } = duration
  return message('request.durationRange', { model: label, min, max, step })
}

/** `POST /api/estimate`: what a generation would cost and take. The same body as a start; nothing is started. */
export interface EstimateView {
  /** Dollars, all variations together, at the provider that would make it. */
  usd: number
  /** Dollars, all variations together, at the most expensive provider it may fall back to. */
  upToUsd: number
  provider: string
  providerLabel: string
  reason: Sentence
  /** From past runs here; null before the first. Always an estimate. */
  expected: { seconds: number; p90Seconds: number | null; runs: number } | null
}
