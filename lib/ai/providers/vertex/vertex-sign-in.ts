import { GoogleAuth } from 'google-auth-library'
import { unreachable } from '../failures.ts'
import { isLoopback, neverConnected } from '../http-call.ts'
import { ProviderError } from '../provider-error.ts'

export const vertexLabel = 'Google Vertex AI'

/** Gives the headers that sign a call, and keeps its token for as long as it is good. */
export interface VertexSigner {
  getRequestHeaders(): Promise<Headers>
}

// No token is looked for where none is asked for: not in the environment, not at the metadata server.
const emulatorSigner: VertexSigner = {
  getRequestHeaders: async () => new Headers({ authorization: 'Bearer emulator' }),
}

/** The Application Default Credentials of the environment; none for an API on this machine. */
export function usualSigner(baseUrl: string | undefined): VertexSigner {
  if (isLoopback(baseUrl)) return emulatorSigner
  return new GoogleAuth({ scopes: 'https://www.googleapis.com/auth/cloud-platform' })
}

/** The headers that sign a call. Throws `ProviderError` with `no_job`: without them nothing is sent. */
export async function signIn(signer: VertexSigner, signal: AbortSignal) {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(unreachable(vertexLabel, signal.reason))
  signal.addEventListener('abort', abort)
  try {
    if (signal.aborted) abort()
    // The library takes no signal of ours.
    const headers = await Promise.race([aborted, signer.getRequestHeaders()])
    return Object.fromEntries(headers)
  } catch (error) {
    throw error instanceof ProviderError ? error : noToken(error)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Google's sign-in cannot be reached, or the credentials are none. The cause is dropped: it can hold what was signed. */
function noToken(cause: unknown) {
  if (neverConnected(cause) || isSignInAway(cause))
    return unreachable(vertexLabel, String(cause).slice(0, 500))
  return new ProviderError('auth', {
    submitOutcome: 'no_job',
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
