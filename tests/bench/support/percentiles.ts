/** The value below which a share (0 to 1) of the values lies, by the nearest rank. */
export function percentile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) throw new Error('no values to take a percentile of')
  const sorted = Float64Array.from(values).toSorted()
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]!
}

export function median(values: ArrayLike<number>) {
  return percentile(values, 0.5)
}
