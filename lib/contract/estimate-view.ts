/** `POST /api/estimate`: what a generation would cost and take. The same body as a start; nothing is started. */
export interface EstimateView {
  /** Dollars, all variations together, at the provider that would make it. */
  usd: number
  /** Dollars, where the dearest provider that may step in had to. */
  upToUsd: number
  provider: string
  providerLabel: string
  reason: string
  /** From past runs here; null before the first. Always an estimate. */
  expected: { seconds: number; p90Seconds: number | null; runs: number } | null
}
