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

/** `40 ms`, `0.2 s`, `41 s`, `3 min 5 s`, `2 h 4 min`: a span in words, as exact as it is short. */
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
