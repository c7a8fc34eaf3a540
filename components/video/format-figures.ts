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
