import type { AttemptOutcome } from '../file-view.ts'

/** One video and its money, in the user's prices. It outlives the video. */
export interface UsageEntry {
  fileId: string
  model: string
  modelLabel: string
  /** Null where the video is deleted. */
  prompt: string | null
  state: 'held' | 'uncertain' | 'settled'
  heldUsd: number
  /** Null while it is not settled. */
  chargedUsd: number | null
  returnedUsd: number | null
  /** What the studio paid for it beyond what was charged. */
  ownUsd: number
  /** What became of the money, in words. */
  reason: string
  /** Who started it: an account, and with which API key; for a key of an organization, who made it. */
  userId: string
  keyId: string | null
  attempts: UsageAttempt[]
  createdAt: string
  settledAt: string | null
}

export interface UsageAttempt {
  number: number
  provider: string
  outcome: AttemptOutcome
  /** Why this provider was asked, in words. */
  reason: string
  /** Null while unknown. */
  costUsd: number | null
  startedAt: string
  endedAt: string | null
}

/** What was spent with a model on a day, in UTC: charged, or still held. */
export interface UsageDay {
  day: string
  model: string
  modelLabel: string
  usd: number
  videos: number
}

/** Credits that came or went: grants, codes, payments, refunds. */
export interface CreditEntry {
  kind: 'granted' | 'topped_up' | 'refunded' | 'adopted'
  /** Below zero where they went. */
  usd: number
  note: string | null
  at: string
}

export interface UsageView {
  billing: 'off' | 'credits'
  balance: { availableUsd: number; heldUsd: number; spentUsd: number }
  /** Whether credits can be bought. */
  takesPayments: boolean
  limits: LimitView[]
  days: UsageDay[]
  credits: CreditEntry[]
  entries: UsageEntry[]
  nextCursor: string | null
}

export interface LimitView {
  scope: string
  period: 'day' | 'month'
  limitUsd: number
  spentUsd: number
  resetsAt: string
}
