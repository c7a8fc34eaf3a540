import type { FileView } from '#lib/contract/file-view'

/** Where the account is found that ran out of credits and so let this video fail; null for any other failure. */
export function billingPath({ error, attempts }: Pick<FileView, 'error' | 'attempts'>) {
  const code = 'insufficient_credits'
  if (error?.code !== code) return null
  const broke = attempts.findLast((attempt) => attempt.error?.code === code)
  return `/settings${broke ? `#provider-${broke.provider}` : ''}`
}
