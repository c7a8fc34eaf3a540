import { type MessageRef, message } from '#lib/messages/message'
import type { ProviderErrorCode } from '#lib/contract/problem'
import { ProviderError, type SubmitOutcome } from './provider-error.ts'
import { accountTroubleIn } from './refusal-words.ts'

// What every adapter tells in the same way. `label` is the provider's name as users read it.

const longestSaid = 500

/** Nothing was sent, or what was sent made no job: the same call may be made again. */
export function unreachable(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.unreachable', { provider: label }),
    logMessage: `${label}: not reached: ${wordsOf(cause)}`,
    cause,
  })
}

/** The answer to a submit was lost, so the job may have been made. */
export function lostAnswer(label: string, cause: unknown) {
  return new ProviderError('unknown_submit_outcome', {
    submitOutcome: 'unknown',
    retryable: false,
    userMessage: message('provider.lostAnswer', { provider: label }),
    logMessage: `${label}: the answer to the submit was lost: ${wordsOf(cause)}`,
    cause,
  })
}

/** An answer that came and is not what is documented: a page of HTML, half an answer, a field that is missing. */
export function notUnderstood(label: string, said: string, isSubmit = false) {
  const logMessage = `${label}: answer not understood: ${said.slice(0, longestSaid)}`
  if (isSubmit)
    return new ProviderError('unknown_submit_outcome', {
      submitOutcome: 'unknown',
      retryable: false,
      userMessage: unclearAnswer(label),
      logMessage,
    })
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.unavailable', { provider: label }),
    logMessage,
  })
}

/** A picture or film could not be read from our own storage, before anything was sent. */
export function inputUnreadable(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.inputUnreadable'),
    logMessage: `${label}: input not readable: ${wordsOf(cause)}`,
    cause,
  })
}

/** What a provider is to go on from is a job it no longer has: nothing was made. */
export function jobGone(label: string, logMessage: string) {
  return new ProviderError('not_found_or_expired', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('provider.jobGone', { provider: label }),
    logMessage,
  })
}

/** Asked to go on from a job without its name. */
export function jobMissing(label: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('provider.needsJob'),
    logMessage: `${label}: asked without the job that it goes on from`,
  })
}

function wordsOf(cause: unknown) {
  const error = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  return String(error).slice(0, longestSaid)
}

export interface StatusFailure {
  label: string
  /** HTTP status, or the status a provider carries inside its answer. */
  status: number
  /** What the provider said: for the log, and to tell trouble of the operator's account from other refusals. */
  said: string
  /** Whether the answer has the provider's own form. A proxy's page has not, and knows nothing of keys and jobs. */
  isTheirs: boolean
  /** Whether the call was the one that makes a paid job. */
  isSubmit: boolean
  retryAfterSeconds?: number | undefined
}

/**
 * What a refusal means where the provider's own words say nothing more exact. A 4xx comes before a job is made, and so
 * does a 503 of the provider's own, or one that says when to come back. Any other 5xx of a submit can come after it, and
 * leaves the outcome unknown.
 */
export function failureOfStatus(failure: StatusFailure): ProviderError {
  const { label, status, said, retryAfterSeconds } = failure
  const [code, retryable, userMessage] = meaningOf({ ...failure, status: statusMeant(failure) })
  const submitOutcome: SubmitOutcome = code === 'unknown_submit_outcome' ? 'unknown' : 'no_job'
  return new ProviderError(code, {
    submitOutcome,
    retryable,
    userMessage,
    logMessage: `${label} answered ${status}: ${said.slice(0, longestSaid)}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}

/** A provider that names trouble of the account in its refusal means 401 or 402, whatever status it has. */
function statusMeant({ status, said, isTheirs }: StatusFailure) {
  const trouble = isTheirs ? accountTroubleIn(said) : undefined
  if (!trouble) return status
  return trouble === 'auth' ? 401 : 402
}

type Meaning = [code: ProviderErrorCode, retryable: boolean, userMessage: MessageRef]

function meaningOf(failure: StatusFailure): Meaning {
  const { label, status, isTheirs, isSubmit, retryAfterSeconds } = failure
  const says = (
    key:
      | 'settingsRefused'
      | 'keyRefused'
      | 'noCredits'
      | 'modelGone'
      | 'videoUnknown'
      | 'rateLimited',
  ) => message(`provider.${key}`, { provider: label })
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return ['invalid_input', false, says('settingsRefused')]
    case 401:
    case 403:
      return isTheirs ? ['auth', false, accountSentence(label, 'auth')] : unavailable(label)
    case 402:
      return ['insufficient_credits', false, accountSentence(label, 'insufficient_credits')]
    case 404:
      return isSubmit
        ? ['model_retired', false, says('modelGone')]
        : ['not_found_or_expired', false, says('videoUnknown')]
    case 410:
      return ['model_retired', false, says('modelGone')]
    case 429:
      return ['rate_limited', true, says('rateLimited')]
    case 455:
      return unavailable(label)
    case 503:
      return !isSubmit || isTheirs || retryAfterSeconds !== undefined
        ? unavailable(label)
        : outcomeUnknown(label)
    default:
      return isSubmit ? outcomeUnknown(label) : unavailable(label)
  }
}

/** What a user reads of trouble that only the operator can end. */
export function accountSentence(label: string, code: 'auth' | 'insufficient_credits') {
  const key = code === 'auth' ? 'provider.keyRefused' : 'provider.noCredits'
  return message(key, { provider: label })
}

function unavailable(label: string): Meaning {
  return ['provider_unavailable', true, message('provider.unavailable', { provider: label })]
}

function outcomeUnknown(label: string): Meaning {
  return ['unknown_submit_outcome', false, unclearAnswer(label)]
}

function unclearAnswer(label: string) {
  return message('provider.unclearAnswer', { provider: label })
}
