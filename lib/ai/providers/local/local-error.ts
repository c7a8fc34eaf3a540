import { message } from '#lib/messages/message'
import { ProviderError } from '../provider-error.ts'

export const localLabel = 'Local renderer'

/** The idempotency key is no safe file name, so nothing was made. Ours are; this is a bug of the caller. */
export function unsafeKey(idempotencyKey: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('provider.notStarted'),
    logMessage: `local renderer: not a safe key: ${JSON.stringify(idempotencyKey.slice(0, 200))}`,
  })
}

/** The working directory cannot be written to, so nothing was made. */
export function directoryUnusable(cause: unknown) {
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('provider.localNoDisk'),
    logMessage: `local renderer: directory not writable: ${String(cause)}`,
    cause,
  })
}

/** The film crashed or hung as often as we try. */
export function renderFailed(reason: string) {
  return new ProviderError('generation_failed', {
    submitOutcome: 'job_made',
    retryable: true,
    userMessage: message('provider.localFailed'),
    logMessage: `local renderer: gave up: ${reason}`,
  })
}

/** Asked after a cancel. Final: a canceled film is never rendered again. */
export function renderCanceled() {
  return new ProviderError('not_found_or_expired', {
    submitOutcome: 'job_made',
    retryable: false,
    userMessage: message('provider.localCanceled'),
    logMessage: 'local renderer: canceled',
  })
}

/** The request is none that this renderer can draw, so nothing was made. */
export function unusableRequest(reason: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('provider.localUnusable'),
    logMessage: `local renderer: unusable request: ${reason}`,
  })
}
