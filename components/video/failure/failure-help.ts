import type { ErrorCode, ProviderErrorCode } from '#lib/contract/problem'
import type { FileView } from '#lib/contract/file-view'

const operator = 'The operator of this server'
const ours = 'Retry; where it stays like this, copy the details for the operator of this server.'

/** What to do about a failure, where its message does not already say it. */
const adviceByCode: Record<ProviderErrorCode, string> & Partial<Record<ErrorCode, string>> = {
  auth: `The provider does not accept its key. ${operator} must set a new one; other models may still work.`,
  insufficient_credits: `${operator} must top up the account at the provider. Then retry, or use another model.`,
  rate_limited: 'Too many videos were asked for at once. Retry in a minute, or use another model.',
  invalid_input: 'Reuse the settings, change them and generate again.',
  content_policy:
    'Its rules forbid something in the prompt or a picture: often real people, brands, violence or children. Reuse the settings and put it in other words.',
  provider_unavailable: 'Retry in a minute, or use another model.',
  model_retired: 'The same settings can be tried with another one.',
  not_found_or_expired: 'Retry; whether it was charged, the account at the provider tells.',
  generation_failed: 'Retry; the same settings often work the second time.',
  output_expired: 'The provider made it, and no longer holds the result. Retry.',
  timeout: 'It may still arrive by itself. Asking the provider again costs nothing.',
  unknown_submit_outcome:
    'It may have been started, and charged. Ask the provider again before you retry.',
  storage_full: `The disk is full. ${ours}`,
  storage_unavailable: `The videos cannot be kept right now. ${ours}`,
  service_unavailable: ours,
  internal_error: ours,
}

/** What to do about a failure; null where its message already says it. */
export function failureAdvice(code: ErrorCode) {
  return adviceByCode[code] ?? null
}

/** What a helper needs to know of a failure, as text to copy. It contains no secrets. */
export function failureDetails({ id, error, modelLabel, createdAt, attempts }: FileView) {
  return [
    `File: ${id}`,
    `Code: ${error?.code ?? 'none'}`,
    `Message: ${error?.message ?? 'none'}`,
    `Model: ${modelLabel}`,
    `Asked for: ${createdAt}`,
    ...attempts.map(({ number, provider, outcome, error, reference }) =>
      [`Attempt ${number}: ${provider}`, outcome, error?.code, reference && `job ${reference}`]
        .filter(Boolean)
        .join(', '),
    ),
  ].join('\n')
}

/** The settings of the provider whose missing credits failed this video; null for any other failure. */
export function billingPath({ error, attempts }: Pick<FileView, 'error' | 'attempts'>) {
  const code = 'insufficient_credits'
  if (error?.code !== code) return null
  const broke = attempts.findLast((attempt) => attempt.error?.code === code)
  return `/settings${broke ? `#provider-${broke.provider}` : ''}`
}
