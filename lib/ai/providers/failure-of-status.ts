import type { ProviderErrorCode } from '#lib/contract/error-code'
import { type JobMade, ProviderError } from './provider-error.ts'

export interface StatusFailure {
  /** The provider's name as users read it. */
  label: string
  /** HTTP status, or the status a provider carries inside its answer. */
  status: number
  /** For the log: what the provider said. */
  said: string
  /** Whether the answer has the form of the provider's own. A proxy's page has not, and knows nothing of keys and jobs. */
  isTheirs: boolean
  /** Whether the call was the one that makes a paid job. */
  isSubmit: boolean
  retryAfterSeconds?: number | undefined
}

/**
 * What a refusal means where the provider's own words say nothing more exact. A 4xx comes before a job is made,
 * and so does a 503 of the provider's own, or one that says when to come back. Any other 5xx of a submit can come after
 * it, and then nobody knows.
 */
export function failureOfStatus(failure: StatusFailure): ProviderError {
  const { label, status, said, retryAfterSeconds } = failure
  const [code, retryable, userMessage] = meaningOf(failure)
  const jobMade: JobMade = code === 'unknown_submit_outcome' ? 'unknown' : 'no_job'
  return new ProviderError(code, {
    jobMade,
    retryable,
    userMessage,
    logMessage: `${label} answered ${status}: ${said}`,
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
  const userMessage = `${label} failed while it answered, so nobody knows yet whether it makes this video.`
  return ['unknown_submit_outcome', false, userMessage]
}
