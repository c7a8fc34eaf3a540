import { upscaleSizes } from '#lib/contract/generation'
import { message } from '#lib/messages/message'
import { z } from 'zod'
import { ProviderError, type SubmitOutcome } from '../provider-error.ts'
import type { CheckResult, ProviderContext, ProviderRequest, SubmitResult } from '../provider.ts'
import { jobGone, jobMissing } from '../failures.ts'
import { kieLabel, refusalOf } from './kie-error.ts'
import { veoSeedOf } from './kie-veo.ts'
import {
  type KieAccount,
  type KieEnvelope,
  kieCost,
  kieCostFields,
  readUrls,
  requestEnvelope,
} from './kie-wire.ts'

// What Kie makes of a Veo task of its own: an extension, which is a task of its own, and its versions in 1080p and 4K,
// which are asked for again and again under the task's own id until they are there.

export const extendPath = '/api/v1/veo/extend'

const lanes: Record<string, string> = {
  'veo/extend-fast': 'fast',
  'veo/extend-quality': 'quality',
}

export function isExtension(model: string) {
  return Object.hasOwn(lanes, model)
}

/** The body of an extension. Ratio and size are those of the task it goes on from. */
export async function extendBody({ model, prompt, seed, work }: ProviderRequest) {
  return { taskId: jobOf(work), prompt, model: lanes[model]!, seeds: veoSeedOf(seed) }
}

function jobOf(work: ProviderRequest['work']) {
  if (work?.job) return work.job
  throw jobMissing(kieLabel)
}

export const upscaleSchema = z.object({
  api: z.literal('veo-upscale'),
  /** The task whose larger version it is. */
  taskId: z.string().min(1),
  to: z.enum(upscaleSizes),
})
type Upscale = z.infer<typeof upscaleSchema>

/** The larger version that a request asks for; undefined where it asks for none. */
export function upscaleOf({ work }: Pick<ProviderRequest, 'work'>): Upscale | undefined {
  if (work?.operation !== 'upscale') return undefined
  return { api: 'veo-upscale', taskId: jobOf(work), to: work.to }
}

/**
 * Orders a larger version. That one is under way, or there already, is no refusal: it is looked for from then on. The
 * 1080p version is read by the same call that orders it, so of an answer that is lost the next look tells; an order of
 * 4K is one call that costs, and lost like any other.
 */
export async function submitUpscale(
  upscale: Upscale,
  account: KieAccount,
  context: ProviderContext,
): Promise<SubmitResult> {
  const job = { operation: upscale, providerJobId: upscale.taskId }
  try {
    const answer = await ask(upscale, account, context, true)
    if (answer.code === 200 || isUnderWay(answer) || urlIn(answer)) return job
    throw refusedAt(answer, upscale)
  } catch (error) {
    const isLost = error instanceof ProviderError && error.submitOutcome === 'unknown'
    if (isLost && upscale.to === '1080p') return job
    throw error
  }
}

/** Looks for a larger version, by asking for it again: that makes no second one. */
export async function checkUpscale(
  upscale: Upscale,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const answer = await ask(upscale, account, context, false)
  const cost = kieCost(costSchema.safeParse(answer.data).data ?? {})
  const url = urlIn(answer)
  if (url) return { status: 'completed', output: { kind: 'url', url }, ...cost }
  if (answer.code === 200 || isUnderWay(answer))
    return {
      status: 'pending',
      message: message('provider.makingLarger', { size: upscale.to }),
      checkAgainMs: upscale.to === '4K' ? 30_000 : 20_000,
    }
  if (isGivenUp(answer))
    return { status: 'failed', error: noLarger(upscale, answer, 'job_made'), ...cost }
  throw refusalOf({ ...refusedBy(answer), isSubmit: false })
}

function ask(
  { taskId, to }: Upscale,
  account: KieAccount,
  context: ProviderContext,
  isSubmit: boolean,
): Promise<KieEnvelope> {
  const at = `${account.baseUrl}/api/v1/veo`
  if (to === '1080p') {
    const query = `taskId=${encodeURIComponent(taskId)}&index=0`
    return requestEnvelope(`${at}/get-1080p-video?${query}`, { isSubmit }, account, context)
  }
  const callBack = isSubmit && context.webhookUrl !== null && { callBackUrl: context.webhookUrl }
  const call = { method: 'POST', json: { taskId, index: 0, ...callBack }, isSubmit } as const
  return requestEnvelope(`${at}/get-4k-video`, call, account, context)
}

const urls = { resultUrl: z.unknown().optional(), resultUrls: z.unknown().optional() }
const foundSchema = z.object({ ...urls, result_urls: z.unknown().optional() })
const costSchema = z.object(kieCostFields)

/** Its address, whatever code it comes with: 422 can be a success. */
function urlIn({ data }: KieEnvelope) {
  const found = foundSchema.safeParse(data).data
  const given = [found?.resultUrl, found?.resultUrls, found?.result_urls]
  return given.flatMap((one) => readUrls(one))[0]
}

/** "Not ready" comes as 400, 422 or 500. */
function isUnderWay({ msg }: KieEnvelope) {
  return /\bprocessing\b|\bcheck back\b|\bnot ready\b|\bgenerating\b/i.test(msg)
}

/** Kie's last word on it: there will be no such version. */
function isGivenUp({ code, msg }: KieEnvelope) {
  return code === 501 || (code !== 401 && code !== 402 && /\b(unavailable|failed)\b/i.test(msg))
}

/** Why an order was refused: what is not there to be made larger is no fault of the settings. */
function refusedAt(answer: KieEnvelope, upscale: Upscale) {
  if (isGivenUp(answer)) return noLarger(upscale, answer, 'no_job')
  if (!/\brecord(info)? is null/i.test(answer.msg))
    return refusalOf({ ...refusedBy(answer), isSubmit: true })
  return jobGone(kieLabel, `${kieLabel}: answered ${answer.code}: ${answer.msg.slice(0, 500)}`)
}

function noLarger({ to }: Upscale, { code, msg }: KieEnvelope, submitOutcome: SubmitOutcome) {
  return new ProviderError('generation_failed', {
    submitOutcome,
    retryable: false,
    userMessage: message('provider.noLarger', { provider: kieLabel, size: to }),
    logMessage: `${kieLabel}: answered ${code}: ${msg.slice(0, 500)}`,
  })
}

function refusedBy({ code, msg, retryAfterSeconds }: KieEnvelope) {
  return { status: code, said: msg, isTheirs: true, retryAfterSeconds }
}
