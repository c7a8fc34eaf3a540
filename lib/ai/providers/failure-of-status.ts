import type { ProviderErrorCode } from '#lib/contract/error-code'
import { type JobMade, ProviderError } from './provider-error.ts'

export interface StatusFailure {
  /** The provider's name as users read it. */
  label: string
  /** HTTP status, or the status a provider carries inside its answer. */
  status: number
  /** For the log: what the provider said. */
  said: string
  /** Whether the call was the one that makes a paid job. */
  isSubmit: boolean
  retryAfterSeconds?: number | undefined
}

/**
 * What a refusal means where the provider's own words say nothing more exact. A 4xx, 429 and 503 come before a job
 * is made; any other 5xx of a submit can come after it, and then nobody knows.
 */
export function failureOfStatus(failure: StatusFailure): ProviderError {
  const { label, status, said, isSubmit, retryAfterSeconds } = failure
  const [code, retryable, userMessage] = meaningOf(label, status, isSubmit)
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

function meaningOf(label: string, status: number, isSubmit: boolean): Meaning {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return ['invalid_input', false, `${label} does not accept these settings. Change them.`]
    case 401:
    case 403:
      return ['auth', false, `${label} refuses our key. The operator has been told.`]
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
    case 503:
      return ['provider_unavailable', true, `${label} is not available at the moment.`]
    default:
      return isSubmit && status !== 455
        ? [
            'unknown_submit_outcome',
            false,
            `${label} failed while it answered, so nobody knows yet whether it makes this video.`,
          ]
        : ['provider_unavailable', true, `${label} is not available at the moment.`]
  }
}
