import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { usdOf } from '#lib/contract/money'
import type { ParkedPaymentView } from '#lib/contract/people/admin-money'
import { noteMaxLength } from '#lib/contract/people/credits'
import { message } from '#lib/messages/message'
import { adopterOf } from '../../db/queries/adopted.ts'
import { database } from '../../db/client.ts'
import { topUp } from '../../db/money-schema.ts'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { parsed } from '../../read-input.ts'
import { ownerNamed } from '../owners.ts'
import { applyCheckout, detailsOf, withCheckout } from './top-ups.ts'

const shownAtMost = 50

/** Payments whose record was lost and whose owner is not certain, newest first; not those that were paid back. */
export async function listParked(): Promise<ParkedPaymentView[]> {
  const refunded = sql`(${topUp.details} -> 'parked' ->> 'refundedMicros')::bigint`
  const rows = await database()
    .select()
    .from(topUp)
    .where(and(eq(topUp.ownerId, ''), sql`coalesce(${refunded}, 0) < ${topUp.amountMicros}`))
    .orderBy(desc(topUp.createdAt))
    .limit(shownAtMost)
  return rows.flatMap((row) => {
    const { parked } = detailsOf(row)
    if (!parked) return []
    const { refundedMicros, ...known } = parked
    return [
      {
        id: row.id,
        usd: usdOf(row.amountMicros),
        refundedUsd: usdOf(refundedMicros),
        ...known,
        createdAt: row.createdAt.toISOString(),
      },
    ]
  })
}

const creditSchema = z.strictObject({
  owner: z.string().min(1).max(320),
  note: z.string().max(noteMaxLength).optional(),
})
const creditWanted = {
  owner: message('money.owner'),
  note: message('money.note', { max: noteMaxLength }),
}

/**
 * Credits a parked payment to an owner, by id, email address or name: `{ owner, note? }`. Once, however often it is asked for; what was
 * refunded of it is booked with it. Throws where none is parked.
 */
export async function creditParked(id: string, body: unknown, byUserId: string, now: Date) {
  const { owner: named, note = null } = parsed(creditSchema, body, creditWanted)
  const owner = await ownerNamed(named)
  const credited = await withCheckout(id, async (tx, row, state) => {
    const { parked, ...details } = detailsOf(row)
    if (row.ownerId !== '' || !parked) throw notParked()
    const ownerId = await adopterOf(owner.id, tx)
    const given = { ...row, ownerId, userId: byUserId, details: { ...details, note } }
    const next = await applyCheckout(tx, given, state, now)
    if (next.state !== 'paid') throw notParked()
    return next
  })
  if (!credited) throw notParked()
  log().warn(
    { checkoutId: id, ownerId: credited.ownerId, byUserId },
    'a parked payment is credited',
  )
  return { owner, usd: usdOf(credited.amountMicros) }
}

function notParked() {
  return new AppError('not_possible_now', { userMessage: message('money.notParked') })
}
