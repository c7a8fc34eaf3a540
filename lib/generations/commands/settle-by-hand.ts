import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { microsOf } from '#lib/contract/money'
import { noteMaxLength, usdMax } from '#lib/contract/people/credits'
import { message } from '#lib/messages/message'
import { inTransaction } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { settleByHand } from '../../money/settle-by-hand.ts'
import { parsed } from '../../read-input.ts'

const dollars = z.number().min(0).max(usdMax)
const schema = z.strictObject({
  chargeUsd: dollars,
  ownUsd: dollars.optional(),
  note: z.string().max(noteMaxLength).optional(),
})
const usdSays = message('money.chargeUsd', { max: { usd: usdMax } })
const wanted = {
  chargeUsd: usdSays,
  ownUsd: usdSays,
  note: message('money.note', { max: noteMaxLength }),
}

/**
 * Settles a generation that ended without a known cost, as an admin decides: `{ chargeUsd, ownUsd?, note? }`. Its row,
 * where there still is one, says so at once. Throws where none waits for a decision.
 */
export function settleUncertain(
  generationId: string,
  body: unknown,
  byUserId: string,
  now: Date,
): Promise<{ chargedMicros: number }> {
  const { chargeUsd, ownUsd, note = null } = parsed(schema, body, wanted)
  const amounts = {
    chargeMicros: microsOf(chargeUsd),
    ownMicros: ownUsd === undefined ? null : microsOf(ownUsd),
  }
  return inTransaction(async (tx) => {
    const isMeant = eq(generation.id, generationId)
    await tx.select({ id: generation.id }).from(generation).where(isMeant).for('update')
    const settled = await settleByHand(tx, { generationId, ...amounts, byUserId, note }, now)
    if (!settled)
      throw new AppError('not_possible_now', { userMessage: message('money.settledAlready') })
    const chargedMicros = settled.chargedMicros ?? 0
    const version = sql`${generation.version} + 1`
    await tx.update(generation).set({ chargedMicros, version }).where(isMeant)
    return { chargedMicros }
  })
}
