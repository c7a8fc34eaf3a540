import { plainText } from '#lib/contract/text/plain-text'
import { lostAnswer, unreachable } from './failures.ts'
import { ProviderError } from './provider-error.ts'
import type { ProviderContext } from './provider.ts'

export interface HttpCall {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is, instead of `json`. */
  body?: FormData
  /** True for the one paid call: a lost answer then leaves the outcome unknown. */
  isSubmit?: boolean
  /** The longest wait for the answer, in ms; of a stream, for its next bytes. Default 30 s. */
  timeoutMs?: number
}

/** The head of an answer, and its bytes as they come. */
export interface OpenAnswer {
  status: number
  headers: Headers
  bytes: AsyncIterable<Uint8Array>
}

export interface JsonAnswer {
  status: number
  /** Parsed, or undefined where the answer is no JSON (a proxy's page, half an answer). */
  body: unknown
  /** The first 500 characters, for the log only. */
  excerpt: string
  retryAfterSeconds: number | undefined
}

type CallContext = Pick<ProviderContext, 'fetch' | 'signal' | 'now'>

const usualTimeoutMs = 30_000
const maxAnswerBytes = 64 * 1024 * 1024

/** One HTTP call to a provider, answered whole, whatever its status. Throws as `openCall` does. */
export function requestJson(label: string, url: string, call: HttpCall, context: CallContext) {
  return openCall(label, url, call, context, (answer) => readJson(answer, context.now()))
}

/**
 * One HTTP call to a provider, redirects not followed, whose answer `read` takes as it comes; what `read` leaves is not
 * downloaded. Throws `ProviderError` where no answer came or it broke off: of a submit the outcome is then unknown,
 * unless nothing can have been sent (the connection was refused, or the call canceled before).
 */
export async function openCall<T>(
  label: string,
  url: string,
  call: HttpCall,
  context: CallContext,
  read: (answer: OpenAnswer) => Promise<T>,
): Promise<T> {
  if (context.signal.aborted) throw unreachable(label, context.signal.reason)
  const silence = new AbortController()
  const late = () => silence.abort(new Error('no answer in time'))
  const timer = setTimeout(late, call.timeoutMs ?? usualTimeoutMs)
  try {
    const signal = AbortSignal.any([context.signal, silence.signal])
    const response = await context.fetch(url, requestOf(call, signal))
    const { status, headers } = response
    return await read({ status, headers, bytes: bytesOf(response, timer) })
  } catch (error) {
    if (error instanceof ProviderError) throw error
    const isLost = call.isSubmit && !neverConnected(error)
    throw isLost ? lostAnswer(label, error) : unreachable(label, error)
  } finally {
    clearTimeout(timer)
  }
}

function requestOf(call: HttpCall, signal: AbortSignal): RequestInit {
  return {
    method: call.method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...(call.json !== undefined && { 'content-type': 'application/json' }),
      ...call.headers,
    },
    body: call.body ?? (call.json === undefined ? null : JSON.stringify(call.json)),
    redirect: 'manual',
    signal,
  }
}

async function* bytesOf(response: Response, timer: NodeJS.Timeout) {
  for await (const chunk of response.body ?? []) {
    yield chunk
    timer.refresh()
  }
}

/** Reads an answer to its end, up to 64 MB. */
export async function readJson(answer: OpenAnswer, now: Date): Promise<JsonAnswer> {
  const text = await readText(answer.bytes)
  return {
    status: answer.status,
    body: parse(text),
    excerpt: text.slice(0, 500),
    retryAfterSeconds: retryAfterOf(answer.headers, now),
  }
}

async function readText(bytes: AsyncIterable<Uint8Array>) {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) throw new Error(`the answer has more than ${maxAnswerBytes} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Its texts as they can be kept: what a provider says of a paid job must not be what the database refuses. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? plainText(value) : value))
  } catch {
    return undefined
  }
}

export const longestRetryAfterSeconds = 24 * 60 * 60

/** The `Retry-After` of an answer in seconds, given as seconds or as a date (RFC 9110, 10.2.3); undefined without. */
export function retryAfterOf(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000
  if (!Number.isFinite(seconds)) return undefined
  return Math.min(Math.max(0, Math.ceil(seconds)), longestRetryAfterSeconds)
}

// A connection that was never made: not a byte of the request was sent. A certificate is looked at before the first.
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/**
 * Whether a failed `fetch` provably sent nothing. A host of several addresses is tried at each of them; the error that
 * holds those tries has the code of the first, which proves nothing of the others.
 */
export function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError)
    return error.errors.length > 0 && error.errors.every(neverConnected)
  // What ends a connection that was made has the same codes, and is told by what was being done.
  if ('syscall' in error && error.syscall === 'connect') return true
  if ('code' in error && typeof error.code === 'string') return beforeSending.has(error.code)
  return neverConnected(error.cause)
}

/** Whether an address is one of this machine's own. */
export function isLoopback(address: string | undefined) {
  const name = address && new URL(address).hostname
  return name === 'localhost' || name === '[::1]' || /^127\.[\d.]+$/.test(name ?? '')
}
