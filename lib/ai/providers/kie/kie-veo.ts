import { message } from '#lib/messages/message'
import { allSizes, imageRatios } from '#lib/contract/model-view'
import { z } from 'zod'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult, InputRole, ProviderContext, ProviderRequest } from '../provider.ts'
import { kieLabel, taskFailed, unusableRequest, outputMissing } from './kie-error.ts'
import { uploadInputs, urlsOf } from './kie-upload.ts'
import {
  type KieAccount,
  type KieCost,
  kieCost,
  kieCostFields,
  readTask,
  readUrls,
  requestEnvelope,
  wireNumber,
} from './kie-wire.ts'

export const veoPath = '/api/v1/veo/generate'

export const veoOperationSchema = z.object({
  api: z.literal('veo'),
  taskId: z.string().min(1),
  resolution: z.enum(allSizes),
  /** Null where the job was adopted from a webhook. */
  aspectRatio: z.enum(imageRatios).nullable(),
  /** An extension: more of a video that was made before. */
  isExtension: z.literal(true).optional(),
  /** When its 720p version was first seen, in Unix ms; from then on we wait for the 1080p version. */
  completedAt: z.number().nullable(),
})
type KieVeoOperation = z.infer<typeof veoOperationSchema>

/** The body of a Veo task. Always made in 720p; the 1080p version follows from it. */
export async function veoBody(
  request: ProviderRequest,
  account: KieAccount,
  context: ProviderContext,
) {
  const generationType = generationTypeOf(request)
  const inputs = await uploadInputs(request.inputs, account, context)
  const imageUrls = urlsOf(inputs, 'first_frame', 'last_frame', 'reference')
  return {
    prompt: request.prompt,
    model: request.model,
    generationType,
    ...(imageUrls.length > 0 && { imageUrls }),
    aspect_ratio: request.aspectRatio,
    resolution: '720p',
    duration: request.durationSeconds,
    seeds: veoSeedOf(request.seed),
    enableTranslation: true,
  }
}

function generationTypeOf({ inputs, durationSeconds }: ProviderRequest) {
  const roles = new Set<InputRole>(inputs.map(({ role }) => role))
  if (roles.size === 0) return 'TEXT_2_VIDEO'
  if (roles.has('reference') && roles.size === 1 && durationSeconds === 8)
    return 'REFERENCE_2_VIDEO'
  if (roles.has('first_frame') && !roles.has('reference') && !roles.has('source_video'))
    return 'FIRST_AND_LAST_FRAMES_2_VIDEO'
  throw unusableRequest(
    message('provider.veoPictures'),
    `no mode of Veo for ${[...roles].join(', ')} and ${durationSeconds} s`,
  )
}

/** Kie takes five digits: the same seed of ours always gives the same of these 90000. */
export function veoSeedOf(seed: number) {
  return 10_000 + (seed % 90_000)
}

const recordSchema = z.object({
  successFlag: wireNumber,
  response: z
    .object({
      resultUrls: z.unknown().optional(),
      originUrls: z.unknown().optional(),
      fullResultUrls: z.unknown().optional(),
    })
    .nullish(),
  errorCode: z.union([z.number(), z.string()]).nullish(),
  errorMessage: z.string().nullish(),
  ...kieCostFields,
})
type VeoRecord = z.infer<typeof recordSchema>

// From the moment the 720p version is there. It usually takes one to three minutes.
const hdPatienceMs = 15 * 60_000

/** Looks at a Veo task. Where its 1080p version does not come in 15 minutes, the paid 720p version is the result. */
export async function checkVeo(
  operation: KieVeoOperation,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const { taskId } = operation
  const record = await readTask(recordSchema, '/api/v1/veo/record-info', taskId, account, context)
  if (record.successFlag === 0) return { status: 'pending' }
  const cost = kieCost(record)
  if (record.successFlag !== 1)
    return { status: 'failed', error: taskFailed(record.errorCode, record.errorMessage), ...cost }
  if (operation.isExtension) return extended(record, operation, cost)
  const url = urlOf(record, operation)
  if (!url) return { status: 'failed', error: outputMissing(), ...cost }
  if (operation.resolution !== '1080p') return completed(url, cost)

  const now = context.now().getTime()
  const completedAt = operation.completedAt ?? now
  const hdUrl = await findHdUrl(taskId, account, context)
  if (hdUrl) return completed(hdUrl, cost)
  if (now - completedAt >= hdPatienceMs) return { ...completed(url, cost), note: noHd }
  return {
    status: 'pending',
    message: message('provider.makingHd'),
    checkAgainMs: 20_000,
    operation: { ...operation, completedAt },
  }
}

/** The whole video where Kie has put it together, else what was added to it. */
function extended(record: VeoRecord, operation: KieVeoOperation, cost: KieCost): CheckResult {
  const [whole] = readUrls(record.response?.fullResultUrls)
  if (whole) return completed(whole, cost)
  const url = urlOf(record, operation)
  if (!url) return { status: 'failed', error: outputMissing(), ...cost }
  return { status: 'completed', output: { kind: 'url', url, isSegment: true }, ...cost }
}

/** Of a video that is not 16:9 the result is letterboxed, and the origin, where there is one, is not. */
function urlOf({ response }: VeoRecord, { aspectRatio }: KieVeoOperation) {
  const [origin] = aspectRatio === '16:9' ? [] : readUrls(response?.originUrls)
  return origin ?? readUrls(response?.resultUrls)[0]
}

const noHd = message('provider.noHd', { provider: kieLabel })

function completed(url: string, cost: KieCost) {
  return { status: 'completed', output: { kind: 'url', url }, ...cost } as const
}

const hdSchema = z.object({
  resultUrl: z.unknown().optional(),
  resultUrls: z.unknown().optional(),
})

/**
 * The address of a Veo task's 1080p version; undefined where there is none yet. "Not ready" comes as 400 or 422, and so
 * can success: only an address counts, and a failed look is one without.
 */
async function findHdUrl(
  taskId: string,
  account: KieAccount,
  context: ProviderContext,
): Promise<string | undefined> {
  const query = `taskId=${encodeURIComponent(taskId)}&index=0`
  const url = `${account.baseUrl}/api/v1/veo/get-1080p-video?${query}`
  try {
    const { data } = await requestEnvelope(url, {}, account, context)
    const found = hdSchema.safeParse(data).data
    return readUrls(found?.resultUrl)[0] ?? readUrls(found?.resultUrls)[0]
  } catch (error) {
    if (error instanceof ProviderError) return undefined
    throw error
  }
}
