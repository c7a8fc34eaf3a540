/** 0 to 1 with no jerk at either end. */
export function smootherStep(progress: number) {
  const t = Math.min(1, Math.max(0, progress))
  return t * t * t * (t * (t * 6 - 15) + 10)
}

export function clamp01(value: number) {
  return Math.min(1, Math.max(0, value))
}

/** 0 below `from`, 1 above `to`, smooth in between. Also downwards, where `from` is above `to`. */
export function rampBetween(from: number, to: number, value: number) {
  const t = clamp01((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}
