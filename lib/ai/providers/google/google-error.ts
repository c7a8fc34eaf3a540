import type { ProviderErrorCode } from '#lib/contract/error-code'
import { z } from 'zod'
import { failureOfStatus } from '../failure-of-status.ts'
import { ProviderError } from '../provider-error.ts'
import type { JsonAnswer } from '../request-json.ts'

/**
 * `google.rpc.Status`: the error of an operation, and, with the HTTP status as its code, of a
 * refused call.
 */
export const googleStatusSchema = z.object({
  code: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  details: z
    .array(z.object({ reason: z.string().optional(), retryDelay: z.string().optional() }))
    .optional()
    .catch(undefined),
})
export type GoogleStatus = z.infer<typeof googleStatusSchema>

const refusalSchema = z.object({ error: googleStatusSchema })

const answerSchema = z.record(z.string(), z.unknown())

/**
 * The JSON object of an answer. Throws what a refusal, or an answer that is no such object, means.
 */
export function readGoogleAnswer(label: string, answer: JsonAnswer, isSubmit: boolean) {
  if (answer.status < 200 || answer.status > 299) throw refusal(label, answer, isSubmit)
  const body = answerSchema.safeParse(answer.body)
  if (!body.success) throw unreadableAnswer(label, answer.excerpt, isSubmit)
  return body.data
}

function refusal(label: string, answer: JsonAnswer, isSubmit: boolean) {
  const { error } = refusalSchema.safeParse(answer.body).data ?? {}
  const said = (error?.message ?? answer.excerpt).slice(0, 500)
  const isTheirs = (error?.code ?? error?.message) !== undefined
  if (answer.status === 404 && !isSubmit && !isTheirs)
    return unreadableAnswer(label, `404: ${said}`, isSubmit)
  if (answer.status === 400 && isAboutContent(said)) return contentRefused(label, said)
  return failureOfStatus({
    label,
    status: statusMeant(answer.status, error),
    said,
    isTheirs,
    isSubmit,
    retryAfterSeconds: answer.retryAfterSeconds ?? retryDelayOf(error),
  })
}

// `google.rpc.ErrorInfo` tells what the status alone does not: a wrong key is a 400, a missing
// account a 403.
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
  return Number.isFinite(seconds) ? seconds : undefined
}

// The words of Google's refusals: "violates Vertex AI's usage guidelines", "Responsible AI
// practices".
const contentWords =
  /responsible ai|usage guidelines|violat|safety|sensitive|prohibited|content polic/i

/** Whether words of Google's speak of what is shown, not of how it was asked for. */
export function isAboutContent(said: string) {
  return contentWords.test(said)
}

/** A call that was stopped, or failed, before a byte of it was sent. */
export function notSent(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    jobMade: 'no_job',
    retryable: true,
    userMessage: `${label} cannot be reached at the moment. Try again in a minute.`,
    logMessage: `${label}: nothing was sent: ${String(cause).slice(0, 500)}`,
  })
}

/** An answer that came, but is lost on us. Of a submit it may have told of a job. */
export function unreadableAnswer(label: string, said: string, isSubmit: boolean) {
  const logMessage = `${label} answered what cannot be understood: ${said.slice(0, 500)}`
  if (!isSubmit)
    return new ProviderError('provider_unavailable', {
      jobMade: 'no_job',
      retryable: true,
      userMessage: `${label} is not available at the moment.`,
      logMessage,
    })
  return new ProviderError('unknown_submit_outcome', {
    jobMade: 'unknown',
    retryable: false,
    userMessage: `${label} gave no clear answer, so nobody knows yet whether it makes this video.`,
    logMessage,
  })
}

function contentRefused(label: string, said: string) {
  return new ProviderError('content_policy', {
    jobMade: 'no_job',
    retryable: false,
    userMessage: sentenceOf(label, 'content_policy'),
    logMessage: `${label} refused the content: ${said}`,
  })
}

/** A picture or film that the model has no use for. Better refused than paid for and ignored. */
export function inputRefused(label: string, role: string) {
  return new ProviderError('invalid_input', {
    jobMade: 'no_job',
    retryable: false,
    userMessage: `${label} has no use for one of the pictures or films. Take it out.`,
    logMessage: `${label}: no use for an input of the role ${role}`,
  })
}

/** A picture that could not be read from our storage, so that nothing was sent. */
export function inputUnread(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    jobMade: 'no_job',
    retryable: true,
    userMessage: 'One of your pictures could not be read. Try again in a minute.',
    logMessage: `${label}: an input could not be read: ${String(cause).slice(0, 500)}`,
    cause,
  })
}

/** A job that came to a bad end. */
export function jobFailed(
  label: string,
  said: string,
  code: ProviderErrorCode = 'generation_failed',
) {
  return new ProviderError(code, {
    jobMade: 'job_made',
    retryable: code === 'generation_failed',
    userMessage: sentenceOf(label, code),
    logMessage: `${label}: the job failed: ${said.slice(0, 500)}`,
  })
}

function sentenceOf(label: string, code: ProviderErrorCode) {
  switch (code) {
    case 'auth':
      return `${label} refuses our key. The operator has been told.`
    case 'content_policy':
      return `${label} refused this video for its content. Change the prompt or the pictures.`
    case 'insufficient_credits':
      return `The account at ${label} has no budget left. The operator has been told.`
    case 'invalid_input':
      return `${label} does not accept these settings. Change them.`
    case 'not_found_or_expired':
      return `${label} does not know this video any more.`
    default:
      return `${label} could not finish this video. Try again.`
  }
}

/** The error of an operation that is done. Its code is a `google.rpc.Code`. */
export function operationFailed(label: string, { code, message = '' }: GoogleStatus) {
  return jobFailed(label, `rpc code ${code}: ${message}`, codeOfRpc(code, message))
}

function codeOfRpc(code: number | undefined, message: string): ProviderErrorCode {
  switch (code) {
    case 3:
      return isAboutContent(message) ? 'content_policy' : 'invalid_input'
    case 5:
      return 'not_found_or_expired'
    case 7:
    case 16:
      return 'auth'
    default:
      return 'generation_failed'
  }
}

/**
 * A video that was made and is withheld. `reasons` as `raiMediaFilteredReasons` has them:
 * `17301594: Celebrity`.
 */
export function videoWithheld(label: string, reasons: readonly string[]) {
  const category = categoryOf(reasons[0])
  const content = category ? `content (${category})` : 'content'
  return new ProviderError('content_policy', {
    jobMade: 'job_made',
    retryable: false,
    userMessage: `${label} withholds this video for its ${content}. Change the prompt.`,
    logMessage: `${label} withheld the video: ${reasons.join('; ').slice(0, 500)}`,
  })
}

function categoryOf(reason: string | undefined) {
  const words = /^\d+:(.*)/s.exec(reason ?? '')?.[1] ?? ''
  return words
    .replaceAll(/[^a-z ]/gi, '')
    .trim()
    .slice(0, 60)
}
