import type { LimitView, UsageEntry } from './usage.ts'

// What the owner and the admins of the installation see of its money.

export interface SpendingView {
  /** `2026-11`, in UTC. */
  month: string
  /** All together. */
  usd: number
  days: { day: string; usd: number }[]
  /** Who started it, no matter who paid; and what organizations paid for. */
  owners: OwnerSpending[]
}

export interface OwnerSpending {
  kind: 'user' | 'organization'
  id: string
  /** Null where it is not there any more. */
  name: string | null
  email: string | null
  isVisitor: boolean
  usd: number
}

export interface LimitsView {
  /** `installation`, `organization:<id>`, `user:<id>` or `key:<id>`. */
  scope: string
  /** Of the user, the organization or the key; null for the installation, and where it is not there any more. */
  name: string | null
  /** Null without a limit. */
  dayUsd: number | null
  monthUsd: number | null
  /** What of each is spent. */
  states: LimitView[]
}

/** A payment that came in without a record here, as after a restored backup, and waits for an admin. */
export interface ParkedPaymentView {
  /** Of the checkout at the payment provider. */
  id: string
  usd: number
  refundedUsd: number
  /** `unsigned`: it was not begun by this studio as it is now. `owner_unknown`: its owner is not here. */
  reason: 'unsigned' | 'owner_unknown'
  /** Who began it, as far as the payment provider says. */
  claimedOwnerId: string
  payerEmail: string | null
  createdAt: string
}

/** A video that ended without a known cost. */
export interface UncertainEntry extends UsageEntry {
  ownerId: string
}
