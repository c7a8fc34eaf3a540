/** `free`, `$0.40`, `$0.004`: dollars, with more places only where cents are too coarse. */
export function formatUsd(usd: number) {
  if (usd === 0) return 'free'
  return `$${usd < 0.01 ? Number(usd.toPrecision(2)) : usd.toFixed(2)}`
}

/** `640 B`, `12 KB`, `1.2 MB`. */
export function formatBytes(bytes: number) {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`
  const megabytes = bytes / 1_000_000
  return `${megabytes < 99.5 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`
}

/** `1st`, `2nd`, `13th`. */
export function formatOrdinal(place: number) {
  const tens = place % 100
  if (tens >= 11 && tens <= 13) return `${place}th`
  return `${place}${['th', 'st', 'nd', 'rd'][place % 10] ?? 'th'}`
}

/** `97 %`; 0 % and 100 % only for exactly none and all. */
export function formatRate(rate: number) {
  const percent = Math.round(rate * 100)
  if (rate > 0 && rate < 1) return `${Math.min(99, Math.max(1, percent))} %`
  return `${percent} %`
}

/** `0:07.4`, `12:05.0`: a running clock with tenths. */
export function formatClock(seconds: number) {
  const tenths = Math.max(0, Math.floor(seconds * 10 + 1e-6))
  return `${formatTimecode(Math.floor(tenths / 10))}.${tenths % 10}`
}

/** `0:07`, `12:05`, `1:00:00`: whole seconds as a player writes them. */
export function formatTimecode(seconds: number) {
  const whole = Math.max(0, Math.round(seconds))
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor(whole / 60) % 60
  const tail = String(whole % 60).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}

/** `40 ms`, `0.2 s`, `41 s`, `3 min 5 s`, `2 h 4 min`: a duration in words, rounded more the longer it is. */
export function formatSpan(seconds: number) {
  if (seconds < 0.095) return `${Math.round(Math.max(0, seconds) * 1000)} ms`
  if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return joined(Math.floor(whole / 60), 'min', whole % 60, 's')
  return joined(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min')
}

function joined(large: number, largeUnit: string, small: number, smallUnit: string) {
  return small ? `${large} ${largeUnit} ${small} ${smallUnit}` : `${large} ${largeUnit}`
}

/** The seconds from one ISO time to another, or to a moment in milliseconds; never below zero. */
export function secondsBetween(from: string, to: string | number) {
  const end = typeof to === 'string' ? Date.parse(to) : to
  return Math.max(0, (end - Date.parse(from)) / 1000)
}

const dayMs = 24 * 60 * 60 * 1000

/** `14:05` within the last or next half day, `21 Nov, 14:05` beyond. */
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
