import { desc, eq } from 'drizzle-orm'
import type { TopUpView } from '#lib/contract/people/credits'
import { usdOf } from '#lib/contract/money'
import { database } from '../../db/client.ts'
import { topUp } from '../../db/money-schema.ts'

const shownAtMost = 50

/** The newest payments of an owner. */
export async function listTopUps(ownerId: string): Promise<TopUpView[]> {
  const rows = await database()
    .select()
    .from(topUp)
    .where(eq(topUp.ownerId, ownerId))
    .orderBy(desc(topUp.createdAt))
    .limit(shownAtMost)
  return rows.map(topUpViewOf)
}

/** A payment as its owner sees it. */
export function topUpViewOf({
  id,
  amountMicros,
  refundedMicros,
  state,
  createdAt,
  paidAt,
}: typeof topUp.$inferSelect) {
  return {
    id,
    usd: usdOf(amountMicros),
    refundedUsd: usdOf(refundedMicros),
    state,
    createdAt: createdAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
  }
}
