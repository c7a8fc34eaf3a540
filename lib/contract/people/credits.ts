/** What one payment may add, in dollars. */
export const topUpUsd = { min: 5, max: 1_000 } as const

/** A payment: begun, paid, or come to nothing. */
export interface TopUpView {
  id: string
  usd: number
  refundedUsd: number
  state: 'open' | 'paid' | 'expired' | 'failed'
  createdAt: string
  paidAt: string | null
}

/** Codes that were made together. */
export interface CodeBatchView {
  id: string
  usd: number
  count: number
  used: number
  revoked: number
  note: string | null
  createdAt: string
  expiresAt: string | null
}

/** The most dollars that an admin gives, limits or settles by hand at once. */
export const usdMax = 1_000_000

/** The most characters of a note of an admin. */
export const noteMaxLength = 500
