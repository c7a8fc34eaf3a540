import { type Sentence, isMessageRef, message } from '#lib/messages/message'
import { meaningOf } from './calls/foreign-answer.ts'

/** What can go wrong at a provider. The list is closed: an adapter maps every upstream failure to one of these. */
export const providerErrorCodes = [
  'auth',
  'insufficient_credits',
  'rate_limited',
  'invalid_input',
  'content_policy',
  'provider_unavailable',
  'model_retired',
  'not_found_or_expired',
  'generation_failed',
  'output_expired',
  'timeout',
  'unknown_submit_outcome',
] as const
export type ProviderErrorCode = (typeof providerErrorCodes)[number]

/** What can go wrong at our own door. */
const requestErrorCodes = [
  'not_found',
  'method_not_allowed',
  'address_too_long',
  'headers_too_large',
  'payload_too_large',
  'too_many_uploads',
  'upload_quota_reached',
  'unsupported_media_type',
  'cross_site_request',
  'host_not_allowed',
  'session_required',
  'cookies_refused',
  'sign_in_required',
  'sign_in_failed',
  'sign_in_again',
  'sign_in_unavailable',
  'sign_up_closed',
  'forbidden',
  'account_blocked',
  'wrong_password',
  'wrong_code',
  'passkey_refused',
  'email_taken',
  'link_invalid',
  'key_invalid',
  'key_misplaced',
  'invalid_idempotency_key',
  'idempotency_key_reused',
  'idempotency_key_in_use',
  'too_many_unfinished',
  'spending_limit_reached',
  'not_possible_now',
  'input_failed',
  'webhook_refused',
  'storage_full',
  'storage_unavailable',
  'service_unavailable',
  'internal_error',
] as const

export type ErrorCode = ProviderErrorCode | (typeof requestErrorCodes)[number]

/** The one table from code to HTTP status. */
export const errorStatus: Record<ErrorCode, number> = {
  auth: 502,
  insufficient_credits: 402,
  rate_limited: 429,
  invalid_input: 400,
  content_policy: 422,
  provider_unavailable: 503,
  model_retired: 410,
  not_found_or_expired: 502,
  generation_failed: 502,
  output_expired: 502,
  timeout: 504,
  unknown_submit_outcome: 502,
  not_found: 404,
  method_not_allowed: 405,
  address_too_long: 414,
  headers_too_large: 431,
  payload_too_large: 413,
  too_many_uploads: 429,
  upload_quota_reached: 429,
  unsupported_media_type: 415,
  cross_site_request: 403,
  host_not_allowed: 403,
  session_required: 401,
  cookies_refused: 401,
  sign_in_required: 401,
  sign_in_failed: 401,
  sign_in_again: 401,
  sign_in_unavailable: 503,
  sign_up_closed: 403,
  forbidden: 403,
  account_blocked: 403,
  wrong_password: 403,
  wrong_code: 401,
  passkey_refused: 401,
  email_taken: 409,
  link_invalid: 404,
  key_invalid: 401,
  key_misplaced: 400,
  invalid_idempotency_key: 400,
  idempotency_key_reused: 422,
  idempotency_key_in_use: 409,
  too_many_unfinished: 429,
  spending_limit_reached: 429,
  not_possible_now: 409,
  input_failed: 424,
  webhook_refused: 401,
  storage_full: 507,
  storage_unavailable: 503,
  service_unavailable: 503,
  internal_error: 500,
}

/** Codes after which the very same request may succeed later. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'session_required',
  'cookies_refused',
  'rate_limited',
  'too_many_uploads',
  'provider_unavailable',
  'generation_failed',
  'input_failed',
  'output_expired',
  'timeout',
  'idempotency_key_in_use',
  'too_many_unfinished',
  'spending_limit_reached',
  'storage_full',
  'storage_unavailable',
  'service_unavailable',
  'sign_in_unavailable',
  'internal_error',
])

export function isRetryable(code: ErrorCode) {
  return retryableCodes.has(code)
}

/**
 * Every error answer, as `application/problem+json` (RFC 9457). `detail` is the sentence for the user: the server's words,
 * or a message where the browser itself made the problem.
 */
export interface Problem {
  type: string
  title: string
  status: number
  detail: Sentence
  code: ErrorCode
  retryable: boolean
  /** Each faulty field with its limits. */
  errors?: { field: string; message: string }[]
  fileId?: string
  traceId: string
}

export function isProblem(value: unknown): value is Problem {
  if (!hasFields(value, { code: 'string', status: 'number' })) return false
  const { detail } = value as Problem
  return typeof detail === 'string' || isMessageRef(detail)
}

/** An answer that was no success, with the problem the server sent, or a general one where it sent none. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(typeof problem.detail === 'string' ? problem.detail : problem.code)
    this.problem = problem
  }
}

/**
 * The body of a successful answer, where it is what was expected. Throws `ProblemError` for every other answer: with the
 * server's own problem, or with what the answer of a proxy or a network means (a sign-in, a size limit, a gateway's page).
 */
export async function readAnswer<T>(
  response: Response,
  isExpected: (body: unknown) => body is T,
  sentBytes?: number,
): Promise<T> {
  const text = await response.text().catch(() => '')
  const body = parsed(text)
  if (response.ok && isExpected(body)) return body
  if (!response.ok && isProblem(body)) throw new ProblemError(body)
  const { status, type, redirected, headers } = response
  const isPage = /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*</.test(text)
  const meaning = meaningOf({ status, type, redirected, headers, isPage, sentBytes })
  throw new ProblemError({ ...unexplained(status), ...meaning })
}

/** Whether an error says that there is no such thing for this user. */
export function isNotFound(error: unknown) {
  return error instanceof ProblemError && error.problem.code === 'not_found'
}

/** Whether what was to be deleted is gone: by this request, or before it. Throws `ProblemError` for every other answer. */
export async function assertDeleted(response: Response) {
  if (response.ok) return
  await readAnswer(response, isNothing).catch((error: unknown) => {
    if (!isNotFound(error)) throw error
  })
}

/** Of an answer that is known to be an error: it is only read for its problem. */
export function isNothing(_body: unknown): _body is never {
  return false
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A request that got no answer at all: network lost, server restarting, or too slow. */
export function networkProblem(): Problem {
  return {
    ...unexplained(0),
    title: 'no connection',
    detail: message('proxy.offline'),
  }
}

/** A part of the page that could not be loaded: network lost, or the server runs a newer build. */
function partProblem(): Problem {
  return {
    ...unexplained(0),
    title: 'page not complete',
    detail: message('page.gap'),
  }
}

/** Loads a part of the page. Rejects with `ProblemError` where it cannot be had. */
export function loadPart<T>(part: Promise<T>): Promise<T> {
  return part.catch(() => {
    throw new ProblemError(partProblem())
  })
}

function unexplained(status: number): Problem {
  return {
    type: 'about:blank',
    title: 'unexpected answer',
    status,
    detail: message('proxy.unexpected'),
    code: 'service_unavailable',
    retryable: true,
    traceId: '',
  }
}

type FieldType = 'string' | 'number' | 'boolean' | 'object'

/** Whether something read is one of the closed codes. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorStatus, value)
}

/** Whether a value is an object with at least these fields, each of its type. Arrays and null are no objects. */
export function hasFields(value: unknown, fields: Record<string, FieldType>): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const record = value as Record<string, unknown>
  return Object.entries(fields).every(
    ([name, type]) => typeof record[name] === type && record[name] !== null,
  )
}
