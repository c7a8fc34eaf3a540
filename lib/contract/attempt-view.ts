import type { ErrorCode } from './error-code.ts'

/** What became of one call to a provider. Only `unknown` may or may not have cost money. */
export const attemptOutcomes = [
  'submitting',
  'accepted',
  'refused',
  'unknown',
  'completed',
  'failed',
  'canceled',
] as const
export type AttemptOutcome = (typeof attemptOutcomes)[number]

/** One call to a provider for a video, as the user sees it. */
export interface AttemptView {
  number: number
  provider: string
  providerLabel: string
  /** The model as the provider calls it. */
  model: string
  /** Why this provider: `Kie.ai, the cheapest that can do this`. */
  reason: string
  outcome: AttemptOutcome
  error: { code: ErrorCode; message: string } | null
  /** The provider's own id of the job. */
  reference: string | null
  /** Where the owner of the provider's account can look the job up. */
  consoleUrl: string | null
  /** Dollars; null while unknown. */
  costUsd: number | null
  startedAt: string
  endedAt: string | null
}
