import { notSent, readGoogleAnswer, unreadableAnswer } from './google-error.ts'
import type { ProviderError } from '../provider-error.ts'
import type { ProviderContext } from '../provider.ts'
import { type JsonCall, requestJson } from '../request-json.ts'

export interface GoogleSdkCall {
  /** The provider's name as users read it. */
  label: string
  /** What it means that the SDK failed before it sent anything. */
  unsent: (error: unknown) => ProviderError
  /** True for the call that makes a paid job. */
  isSubmit?: boolean
  /** Default 30 s. */
  timeoutMs?: number
  /** True where the answer may hold a whole video. */
  mayHoldVideo?: boolean
}

// What is read as one text, and a text has little more than 500 MB at most.
const videoMaxBytes = 500 * 1024 * 1024

type Fetch = typeof globalThis.fetch

/**
 * Makes one call with the SDK over our own HTTP: the SDK shapes the request and reads the answer,
 * while abort, timeout and every failure are told as `requestJson` and `google-error.ts` tell them.
 * `run` must hand `fetch` to the SDK and leave its retries off. Throws `ProviderError` only.
 */
export async function callGoogleSdk<T>(
  call: GoogleSdkCall,
  context: Pick<ProviderContext, 'fetch' | 'now' | 'signal' | 'onStage'>,
  run: (fetch: Fetch) => Promise<T>,
): Promise<T> {
  const { label, unsent, isSubmit = false } = call
  let isSent = false
  let failure: unknown
  const fetch: Fetch = async (input, init) => {
    isSent = true
    try {
      return Response.json(await exchange(call, new Request(input, init), context))
    } catch (error) {
      failure = error
      throw error
    }
  }
  try {
    return await untilAborted(context.signal, () => run(fetch))
  } catch (error) {
    if (failure) throw failure
    if (isSent) throw unreadableAnswer(label, String(error), isSubmit)
    throw context.signal.aborted ? notSent(label, error) : unsent(error)
  }
}

async function exchange(
  { label, isSubmit = false, timeoutMs, mayHoldVideo }: GoogleSdkCall,
  request: Request,
  context: Pick<ProviderContext, 'fetch' | 'now' | 'signal' | 'onStage'>,
) {
  const text = await request.text()
  const call: JsonCall = {
    method: request.method as NonNullable<JsonCall['method']>,
    headers: Object.fromEntries(request.headers),
    ...(text && { json: JSON.parse(text) as unknown }),
    isSubmit,
    ...(timeoutMs && { timeoutMs }),
    ...(mayHoldVideo && { maxAnswerBytes: videoMaxBytes }),
  }
  return readGoogleAnswer(label, await requestJson(label, request.url, call, context), isSubmit)
}

/** The SDK gets its credentials without our signal; whoever waits for it must be able to leave. */
async function untilAborted<T>(signal: AbortSignal, run: () => Promise<T>) {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([run(), aborted])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
