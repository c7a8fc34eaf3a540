import type { ProviderErrorCode } from '#lib/contract/problem'
import { ProviderError, type SubmitOutcome } from './provider-error.ts'

// What every adapter tells in the same way. `label` is the provider's name as users read it.

const longestSaid = 500

/** Nothing was sent, or what was sent made no job: the same call may be made again. */
export function unreachable(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: `${label} cannot be reached at the moment. Try again in a minute.`,
    logMessage: `${label}: not reached: ${wordsOf(cause)}`,
    cause,
  })
}

/** The answer to a submit was lost, so the job may have been made. */
export function lostAnswer(label: string, cause: unknown) {
  return new ProviderError('unknown_submit_outcome', {
    submitOutcome: 'unknown',
    retryable: false,
    userMessage: `${label} did not answer. It may still make this video, and charge for it.`,
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
    userMessage: `${label} is not available at the moment.`,
    logMessage,
  })
}

/** A picture or film could not be read from our own storage, before anything was sent. */
export function inputUnreadable(label: string, cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: 'A picture or film of yours could not be read. Try again in a minute.',
    logMessage: `${label}: input not readable: ${wordsOf(cause)}`,
    cause,
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
  /** For the log: what the provider said. */
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
  const [code, retryable, userMessage] = meaningOf(failure)
  const submitOutcome: SubmitOutcome = code === 'unknown_submit_outcome' ? 'unknown' : 'no_job'
  return new ProviderError(code, {
    submitOutcome,
    retryable,
    userMessage,
    logMessage: `${label} answered ${status}: ${said.slice(0, longestSaid)}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  })
}

type Meaning = [code: ProviderErrorCode, retryable: boolean, userMessage: string]

function meaningOf(failure: StatusFailure): Meaning {
  const { label, status, isTheirs, isSubmit, retryAfterSeconds } = failure
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return ['invalid_input', false, `${label} does not accept these settings. Change them.`]
    case 401:
    case 403:
      return isTheirs
        ? ['auth', false, `${label} refuses our key. The operator has been told.`]
        : unavailable(label)
    case 402:
      return [
        'insufficient_credits',
        false,
        `The account at ${label} has run out of credits. The operator has been told.`,
      ]
    case 404:
      return isSubmit
        ? ['model_retired', false, `${label} no longer offers this model. Choose another one.`]
        : ['not_found_or_expired', false, `${label} does not know this video any more.`]
    case 410:
      return ['model_retired', false, `${label} no longer offers this model. Choose another one.`]
    case 429:
      return ['rate_limited', true, `${label} is taking no more requests right now.`]
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

function unavailable(label: string): Meaning {
  return ['provider_unavailable', true, `${label} is not available at the moment.`]
}

function outcomeUnknown(label: string): Meaning {
  return ['unknown_submit_outcome', false, unclearAnswer(label)]
}

function unclearAnswer(label: string) {
  return `${label} gave no clear answer. It may still make this video, and charge for it.`
}
