/** How often the engine does what it does again and again, in ms. A test hands in a faster one. */
export interface Pace {
  /**
   * How long a step is believed to be alive without a sign. Renewed while it runs, so it bounds only how long a
   * killed process keeps a generation: 12 s leave room for the rest of the 30 s a restart may cost.
   */
  leaseMs: number
  sweepMs: number
  sweepUploadsMs: number
}

export const usualPace: Pace = {
  leaseMs: 12_000,
  sweepMs: 15_000,
  sweepUploadsMs: 60 * 60_000,
}
