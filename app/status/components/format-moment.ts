const dayMs = 24 * 60 * 60 * 1000

/** `14:05` within the last or next half day, `21 Nov, 14:05` beyond: a time as short as it is clear. */
export function formatMoment(iso: string, nowMs: number) {
  const moment = new Date(iso)
  const isNear = Math.abs(moment.getTime() - nowMs) < dayMs / 2
  const day = { day: 'numeric', month: 'short' } as const
  return moment.toLocaleString('en-GB', {
    ...(isNear ? {} : day),
    hour: '2-digit',
    minute: '2-digit',
  })
}
