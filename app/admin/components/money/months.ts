const monthsShown = 12

/** The months up to now, as `2026-11` in UTC, the newest first. */
export function monthsUpTo(nowMs: number): string[] {
  const now = new Date(nowMs)
  return Array.from({ length: monthsShown }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString().slice(0, 7),
  )
}
