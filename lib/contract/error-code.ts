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
  'unsupported_media_type',
  'cross_site_request',
  'host_not_allowed',
  'session_required',
  'invalid_idempotency_key',
  'idempotency_key_reused',
  'idempotency_key_in_use',
  'not_possible_now',
  'webhook_refused',
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
  unsupported_media_type: 415,
  cross_site_request: 403,
  host_not_allowed: 403,
  session_required: 401,
  invalid_idempotency_key: 400,
  idempotency_key_reused: 422,
  idempotency_key_in_use: 409,
  not_possible_now: 409,
  webhook_refused: 401,
  storage_unavailable: 503,
  service_unavailable: 503,
  internal_error: 500,
}

/** Codes after which the very same request may succeed later. */
const retryableCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'session_required',
  'rate_limited',
  'provider_unavailable',
  'generation_failed',
  'output_expired',
  'timeout',
  'idempotency_key_in_use',
  'storage_unavailable',
  'service_unavailable',
  'internal_error',
])

export function isRetryable(code: ErrorCode) {
  return retryableCodes.has(code)
}
