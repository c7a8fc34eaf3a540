import { message } from '#lib/messages/message'
import type { Hindrance } from '../process/hindrance.ts'
import { ProviderError } from '../provider-error.ts'

/** The idempotency key is no safe file name, so nothing was made. Ours are; this is a bug of the caller. */
export function unsafeKey(idempotencyKey: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('edits.notStarted'),
    logMessage: `edits: not a safe key: ${JSON.stringify(idempotencyKey.slice(0, 200))}`,
  })
}

/** What is asked for is no edit of films, so nothing was made. */
export function unusableEdit(reason: string) {
  return new ProviderError('invalid_input', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: message('edits.notStarted'),
    logMessage: `edits: unusable request: ${reason}`,
  })
}

/** The working folder cannot be written to, or the sources do not come: nothing was made. */
export function folderUnusable(cause: unknown) {
  if (cause instanceof ProviderError) return cause
  return new ProviderError('provider_unavailable', {
    submitOutcome: 'no_job',
    retryable: true,
    userMessage: message('edits.noDisk'),
    logMessage: `edits: not begun: ${String(cause)}`,
    cause,
  })
}

/** It crashed or hung as often as we try, or the child said why it cannot be made. */
export function editFailed(reason: string, code?: Hindrance) {
  return new ProviderError('generation_failed', {
    submitOutcome: 'job_made',
    retryable: !code,
    userMessage: message(code ? `edits.hindrance.${code}` : 'edits.failed'),
    logMessage: `edits: gave up: ${reason}`,
  })
}

/** Asked after a cancel. Final: a canceled edit is never made again. */
export function editCanceled() {
  return new ProviderError('not_found_or_expired', {
    submitOutcome: 'job_made',
    retryable: false,
    userMessage: message('edits.canceled'),
    logMessage: 'edits: canceled',
  })
}
