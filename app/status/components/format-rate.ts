/** `97 %`; all or nothing only where it is all or nothing. */
export function formatRate(rate: number) {
  const percent = Math.round(rate * 100)
  if (rate > 0 && rate < 1) return `${Math.min(99, Math.max(1, percent))} %`
  return `${percent} %`
}
