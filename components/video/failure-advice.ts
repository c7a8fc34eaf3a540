import type { ErrorCode } from '#lib/contract/error-code'

/** The way out of a failure, where the sentence of the failure does not hold it already. */
const adviceByCode: Partial<Record<ErrorCode, string>> = {
  auth: 'The key of this provider is missing or wrong: set it on the server, or choose another model.',
  insufficient_credits: 'Top up at the provider, then retry; or choose another model.',
  rate_limited: 'The provider is busy: retry in a minute.',
  invalid_input: 'Reuse the settings, change them and generate again.',
  content_policy: 'Put it in other words: reuse the settings and change the prompt.',
  provider_unavailable: 'The provider is not reachable: retry, or choose another model.',
  model_retired: 'This model is gone: choose another one.',
  not_found_or_expired: 'The provider no longer knows it: retry.',
  generation_failed: 'Retry; the same settings often work the second time.',
  output_expired: 'The provider no longer holds the result: retry.',
  timeout: 'It may still arrive by itself. Check now asks once more.',
  unknown_submit_outcome: 'It may have been started, and charged. Check now before you retry.',
}

/** What a person can do about it, or null. */
export function failureAdvice(code: ErrorCode) {
  return adviceByCode[code] ?? null
}
