import { message } from '#lib/messages/message'
import { longestRetryAfterSeconds } from '../http-call.ts'
import { z } from 'zod'
import { failureOfStatus, notUnderstood } from '../failures.ts'
import type { JsonAnswer } from '../http-call.ts'
import { policySentence } from '../policy-sentence.ts'
import { ProviderError } from '../provider-error.ts'
import { accountTroubleIn, isAboutContent } from '../refusal-words.ts'

/** `google.rpc.Status`: the error of an operation, and, with the HTTP status as its code, of a refused call. */
export const googleStatusSchema = z.object({
  code: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  status: z.string().optional().catch(undefined),
  details: z
    .array(z.object({ reason: z.string().optional(), retryDelay: z.string().optional() }))
    .optional()
    .catch(undefined),
})
export type GoogleStatus = z.infer<typeof googleStatusSchema>

/** What a call is for: `submit` makes a paid job, `cancel` stops one, `look` is everything else. */
export type GooglePurpose = 'submit' | 'cancel' | 'look'

const refusalSchema = z.object({ error: googleStatusSchema })

/**
 * An answer that is no 2xx. A 429 carries a time to come back only where Google names one; often it does not.
 */
export function refusalOf(label: string, answer: JsonAnswer, purpose: GooglePurpose) {
  const { error } = refusalSchema.safeParse(answer.body).data ?? {}
  const said = (error?.message ?? answer.excerpt).slice(0, 500)
  const isTheirs = (error?.code ?? error?.message) !== undefined
  const isSubmit = purpose === 'submit'
  if (answer.status === 404 && !isSubmit && !isTheirs) return notUnderstood(label, `404: ${said}`)
  if (answer.status === 400 && error?.status === 'FAILED_PRECONDITION' && purpose !== 'cancel')
    return notSetUp(label, said)
  if (answer.status === 400 && !accountTroubleIn(said) && isAboutContent(said))
    return contentRefused(label, said)
  return failureOfStatus({
    label,
    status: statusMeant(answer.status, error),
    said,
    isTheirs,
    isSubmit,
    retryAfterSeconds: answer.retryAfterSeconds ?? retryDelayOf(error),
  })
}

// `google.rpc.ErrorInfo` tells what the status alone does not: a wrong key is a 400, a missing account a 403.
function statusMeant(status: number, error: GoogleStatus | undefined) {
  const reasons = error?.details?.map(({ reason }) => reason)
  if (reasons?.includes('API_KEY_INVALID')) return 401
  if (reasons?.includes('BILLING_DISABLED')) return 402
  return status
}

// `google.rpc.RetryInfo`: `12s` or `0.5s`.
function retryDelayOf(error: GoogleStatus | undefined) {
  const delay = error?.details?.find(({ retryDelay }) => retryDelay)?.retryDelay
  const seconds = Math.ceil(Number.parseFloat(delay ?? ''))
  return Number.isFinite(seconds) ? Math.min(seconds, longestRetryAfterSeconds) : undefined
}

/** `FAILED_PRECONDITION` is said where the location is not supported or billing is off: no settings can help. */
function notSetUp(label: string, said: string) {
  return new ProviderError('auth', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('provider.notSetUp', { provider: label }),
    logMessage: `${label}: the account is not set up: ${said}`,
  })
}

function contentRefused(label: string, said: string) {
  return new ProviderError('content_policy', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: policySentence(label, said),
    logMessage: `${label} refused the content: ${said}`,
  })
}

/** A picture or film that the model has no use for. Better refused than paid for and ignored. */
export function inputRefused(label: string, role: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('provider.inputNotTaken', { provider: label }),
    logMessage: `${label}: no use for an input of the role ${role}`,
  })
}

/** The video was finished when it was looked at, and is not there now. The next look settles it. */
export function videoNotThere(label: string) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'job_made',
    retryable: true,
    userMessage: message('provider.videoNotSent', { provider: label }),
    logMessage: `${label}: no video in the answer to a fetch`,
  })
}
