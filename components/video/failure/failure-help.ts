import type { FileView } from '#lib/contract/file-view'
import { type ErrorCode, providerErrorCodes } from '#lib/contract/problem'
import { type MessageRef, message } from '#lib/messages/message'

/** Every code a video can fail with: of its provider, or of the studio. */
export const failureCodes = [
  ...providerErrorCodes,
  'storage_full',
  'storage_unavailable',
  'service_unavailable',
  'internal_error',
] as const

/** What to do about a failure; for a code that no video fails with, what to do about any. */
export function failureAdvice(code: ErrorCode): MessageRef {
  const known = failureCodes.find((one) => one === code)
  return message(`failure.advice.${known ?? 'internal_error'}`)
}

/**
 * What a helper needs to know of a failure, as text to copy. It is in English, as logs and documentation are, and
 * contains no secrets.
 */
export function failureDetails({ id, error, modelLabel, createdAt, attempts }: FileView) {
  return [
    `file: ${id}`,
    `code: ${error?.code ?? 'none'}`,
    `message: ${error?.message ?? 'none'}`,
    `model: ${modelLabel}`,
    `requested: ${createdAt}`,
    ...attempts.map(({ number, provider, outcome, error, reference }) =>
      [`attempt ${number}: ${provider}`, outcome, error?.code, reference && `job ${reference}`]
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
