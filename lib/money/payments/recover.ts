import { eq } from 'drizzle-orm'
import { organization, user } from '../../db/auth-schema.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { adopterOf } from '../../db/queries/adopted.ts'
import { topUp } from '../../db/money-schema.ts'
import { log } from '../../log.ts'
import type { FoundClaim } from './claim.ts'
import { readCheckout } from './stripe.ts'

const microsInCent = 10_000

/** Why a payment without a record waits for an admin. */
export type ParkedReason = 'unsigned' | 'owner_unknown'

/** What is known of a payment that waits for an admin: its owner is empty until then. */
export interface Parked {
  reason: ParkedReason
  /** Who began it, as far as Stripe says. */
  claimedOwnerId: string
  payerEmail: string | null
  refundedMicros: number
}

/**
 * Makes the record of a payment that was begun here and has none, as after a restored backup; false where there is
 * nothing to make: it is not paid, or another program's. It is its owner's where what was written at its beginning is
 * ours and the owner is known here. Else it is parked: an admin decides whose it is.
 */
export async function recoverTopUp(id: string): Promise<boolean> {
  const { isPaid, claim, cents, currency, createdAt, payerEmail } = await readCheckout(id)
  if (!isPaid || !claim || cents === null || currency !== 'usd') return false
  const amountMicros = cents * microsInCent
  return inTransaction(async (tx) => {
    const owner = await ownerOf(tx, claim, amountMicros)
    const parked: Parked | undefined = owner.reason && {
      reason: owner.reason,
      claimedOwnerId: claim.ownerId,
      payerEmail,
      refundedMicros: 0,
    }
    const made = await tx
      .insert(topUp)
      .values({
        id,
        ownerId: owner.id,
        userId: owner.id && claim.userId,
        amountMicros,
        createdAt,
        details: parked ? { parked } : null,
      })
      .onConflictDoNothing()
      .returning({ id: topUp.id })
    if (made.length > 0) tell(id, owner)
    return true
  })
}

interface FoundOwner {
  id: string
  reason?: ParkedReason
}

async function ownerOf(
  tx: Transaction,
  claim: FoundClaim,
  amountMicros: number,
): Promise<FoundOwner> {
  if (!claim.isSigned || claim.amountMicros !== amountMicros) return { id: '', reason: 'unsigned' }
  const id = await adopterOf(claim.ownerId, tx)
  const known = await Promise.all([
    tx.$count(user, eq(user.id, id)),
    tx.$count(organization, eq(organization.id, id)),
  ])
  return known.some((count) => count > 0) ? { id } : { id: '', reason: 'owner_unknown' }
}

function tell(checkoutId: string, { id, reason }: FoundOwner) {
  if (reason)
    log().error(
      { checkoutId, reason },
      'a payment without a record waits for an admin to credit it',
    )
  else log().warn({ checkoutId, ownerId: id }, 'a payment without a record is taken in')
}
