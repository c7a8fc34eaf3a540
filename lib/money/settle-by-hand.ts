import { usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import type { Transaction } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { type HoldRow, type Settlement, lockHold, settleAs } from './holds.ts'
import { assertThere } from './grants.ts'

export interface HandSettlement {
  generationId: string
  /** What the user pays of what was agreed. */
  chargeMicros: number
  /** What the installation takes on itself; null for what is known of the cost so far and not charged. */
  ownMicros: number | null
  byUserId: string
  note: string | null
}

/**
 * Settles what ended without a known cost, as an admin decides; answers the hold as it is then, or undefined where none
 * waits for a decision. What the provider says later still counts.
 */
export async function settleByHand(
  tx: Transaction,
  { generationId, chargeMicros, ownMicros, byUserId, note }: HandSettlement,
  now: Date,
): Promise<HoldRow | undefined> {
  const row = await lockHold(tx, generationId)
  if (!row?.uncertainSince) return undefined
  if (chargeMicros > row.amountMicros) throw aboveHold(row)
  const known = (row.chargedMicros ?? 0) + row.ownCostMicros
  const ownCostMicros = ownMicros ?? Math.max(0, known - chargeMicros)
  const decide = (availableMicros: number): Settlement => {
    if (row.chargedMicros !== null) assertThere(chargeMicros - row.chargedMicros, availableMicros)
    return { chargedMicros: chargeMicros, ownCostMicros, uncertainSince: null }
  }
  return settleAs(tx, row, decide, now, { byUserId, note })
}

function aboveHold({ amountMicros }: HoldRow) {
  return new AppError('invalid_input', {
    userMessage: message('money.aboveHold', { held: { usd: usdOf(amountMicros) } }),
  })
}
