import { readRetryAfter } from './read-retry-after.ts'
import { type JobMade, ProviderError } from './provider-error.ts'
import type { ProviderContext } from './provider.ts'

export interface JsonCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is, instead of `json`. */
  body?: FormData
  /** True for the call that makes a paid job: an answer that is lost then means that nobody knows. */
  isSubmit?: boolean
  /** Default 30 s. */
  timeoutMs?: number
  /** Default 64 MB. */
  maxAnswerBytes?: number
}

export interface JsonAnswer {
  status: number
  /** Parsed, or undefined where the answer is no JSON (a proxy's page, half an answer). */
  body: unknown
  /** The first 500 characters, for the log only. */
  excerpt: string
  retryAfterSeconds: number | undefined
}

const usualMaxBytes = 64 * 1024 * 1024

/**
 * One HTTP call to a provider, redirects not followed. Answers whatever status came; throws `ProviderError` where
 * none came, and says whether the request can have reached the provider: a refused connection cannot, a reset can.
 */
export async function requestJson(
  providerLabel: string,
  url: string,
  call: JsonCall,
  context: Pick<ProviderContext, 'fetch' | 'signal' | 'now' | 'onStage'>,
): Promise<JsonAnswer> {
  try {
    if (call.isSubmit) context.onStage?.('submitting')
    const response = await context.fetch(url, {
      method: call.method ?? 'GET',
      headers: {
        accept: 'application/json',
        ...(call.json !== undefined && { 'content-type': 'application/json' }),
        ...call.headers,
      },
      body: call.body ?? (call.json === undefined ? null : JSON.stringify(call.json)),
      redirect: 'manual',
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(call.timeoutMs ?? 30_000)]),
    })
    const text = await readText(response, call.maxAnswerBytes ?? usualMaxBytes)
    return {
      status: response.status,
      body: parse(text),
      excerpt: text.slice(0, 500),
      retryAfterSeconds: readRetryAfter(response.headers, context.now()),
    }
  } catch (error) {
    throw unreachable(providerLabel, call.isSubmit ?? false, error)
  }
}

async function readText(response: Response, maxBytes: number) {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw new Error(`the answer has more than ${maxBytes} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unreachable(label: string, isSubmit: boolean, error: unknown) {
  const wasSent = !neverConnected(error)
  const jobMade: JobMade = isSubmit && wasSent ? 'unknown' : 'no_job'
  return new ProviderError(
    jobMade === 'unknown' ? 'unknown_submit_outcome' : 'provider_unavailable',
    {
      jobMade,
      retryable: jobMade === 'no_job',
      userMessage:
        jobMade === 'unknown'
          ? `${label} did not answer, so nobody knows yet whether it makes this video.`
          : `${label} cannot be reached at the moment. Try again in a minute.`,
      logMessage: `${label}: ${codeOf(error) ?? (error instanceof Error ? error.message : 'no answer')}`,
      cause: error,
    },
  )
}

// Codes of a connection that never came about: not a byte of the request was sent.
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Whether a failed `fetch` provably sent nothing. */
export function neverConnected(error: unknown) {
  const code = codeOf(error)
  return code !== undefined && beforeSending.has(code)
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error instanceof AggregateError ? error.errors[0] : error.cause)
}
