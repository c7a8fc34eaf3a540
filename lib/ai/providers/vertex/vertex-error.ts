import { notSent } from '../google/google-error.ts'
import { ProviderError } from '../provider-error.ts'
import { neverConnected } from '../request-json.ts'

export const vertexLabel = 'Google Vertex AI'

/**
 * No token could be got, so nothing was sent: Google's sign-in is away, or the credentials are
 * none. The cause is left behind, since it can hold what was signed.
 */
export function noCredentials(cause: unknown) {
  if (neverConnected(cause) || isSignInAway(cause)) return notSent(vertexLabel, cause)
  return new ProviderError('auth', {
    jobMade: 'no_job',
    retryable: false,
    userMessage: `${vertexLabel} refuses our key. The operator has been told.`,
    logMessage: `${vertexLabel}: no credentials: ${String(cause).slice(0, 500)}`,
  })
}

const refusals: ReadonlySet<unknown> = new Set([400, 401, 403])

/**
 * Whether the sign-in was asked, and has not refused: no answer, or one of a server in trouble. Errors of credentials
 * that do not exist or cannot be read tell of no request.
 */
function isSignInAway(cause: unknown) {
  const wasAsked = cause instanceof Error && 'config' in cause
  return wasAsked && !('status' in cause && refusals.has(cause.status))
}

/**
 * The operation had its video when it was looked at, and now says that it has not. Looking again
 * settles it.
 */
export function videoNotThere() {
  return new ProviderError('provider_unavailable', {
    jobMade: 'job_made',
    retryable: true,
    userMessage: `${vertexLabel} does not hand out the finished video right now.`,
    logMessage: `${vertexLabel}: a finished operation is pending again`,
  })
}
