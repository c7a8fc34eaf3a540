const longestSeconds = 24 * 60 * 60

/** The `Retry-After` of an answer in seconds, given as seconds or as a date (RFC 9110, 10.2.3); undefined without. */
export function readRetryAfter(headers: Headers, now: Date): number | undefined {
  const value = headers.get('retry-after')?.trim()
  if (!value) return undefined
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now.getTime()) / 1000
  if (!Number.isFinite(seconds)) return undefined
  return Math.min(Math.max(0, Math.ceil(seconds)), longestSeconds)
}
