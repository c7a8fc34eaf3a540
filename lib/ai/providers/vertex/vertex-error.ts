import { notSent } from '../google/google-error.ts'
import { ProviderError } from '../provider-error.ts'
import { neverConnected } from '../request-json.ts'

export const vertexLabel = 'Google Vertex AI'

/**
 * No token could be got, so nothing was sent: Google's sign-in is away, or the credentials are
 * none. The cause is left behind, since it can hold what was signed.
 */
export function noCredentials(cause: unknown) {
  if (neverConnected(cause)) return notSent(vertexLabel, cause)
  return new ProviderError('auth', {
    jobMade: 'no_job',
    retryable: false,
    userMessage: `${vertexLabel} refuses our key. The operator has been told.`,
    logMessage: `${vertexLabel}: no credentials: ${String(cause).slice(0, 500)}`,
  })
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
