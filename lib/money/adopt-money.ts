import { eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../db/client.ts'
import { hold, spending, topUp } from '../db/money-schema.ts'
import { type Movement, accountsOf, lockAccounts, moveMoney } from './accounts.ts'

/**
 * Moves all money of an owner to the one that adopts it, with its holds, top-ups and spending figures, in the
 * transaction of the adoption. That transaction has the lock of the adoption: no hold is made for the old owner any
 * more. Called again it finds nothing left.
 */
export async function adoptMoney(tx: Transaction, fromId: string, toId: string) {
  await adoptHolds(tx, fromId, toId)
  await tx.update(topUp).set({ ownerId: toId }).where(eq(topUp.ownerId, fromId))
  const from = accountsOf(fromId)
  const to = accountsOf(toId)
  const balances = await lockAccounts(tx, [...Object.values(from), ...Object.values(to)])
  const movements = (Object.keys(from) as (keyof typeof from)[]).map((name): Movement => {
    const balance = balances.get(from[name])!
    const legs =
      balance > 0 ? { from: from[name], to: to[name] } : { from: to[name], to: from[name] }
    const key = `adopt:${fromId}:${name}`
    return { key, kind: 'adopted', ownerId: toId, amountMicros: Math.abs(balance), ...legs }
  })
  await moveMoney(tx, movements)
  await adoptSpending(tx, `user:${fromId}`, `user:${toId}`)
}

async function adoptHolds(tx: Transaction, fromId: string, toId: string) {
  const isTheirs = eq(hold.ownerId, fromId)
  await tx
    .select({ id: hold.generationId })
    .from(hold)
    .where(isTheirs)
    .orderBy(sql`${hold.generationId} collate "C"`)
    .for('update')
  const userId = sql`case when ${hold.userId} = ${fromId} then ${toId} else ${hold.userId} end`
  const source = sql`split_part(${hold.source}, ':', 1) || ':' || ${toId}::text`
  await tx.update(hold).set({ ownerId: toId, userId, source }).where(isTheirs)
}

/** What was spent before the adoption counts against the limits of the account. */
async function adoptSpending(tx: Transaction, from: string, to: string) {
  const rows = await tx
    .select()
    .from(spending)
    .where(inArray(spending.scope, [from, to]))
    .orderBy(sql`${spending.scope} = ${to}`, sql`${spending.period} collate "C"`)
    .for('update')
  const moved = rows.filter(({ scope }) => scope === from)
  if (moved.length === 0) return
  await tx
    .insert(spending)
    .values(moved.map(({ period, micros }) => ({ scope: to, period, micros })))
    .onConflictDoUpdate({
      target: [spending.scope, spending.period],
      set: { micros: sql`${spending.micros} + excluded.micros` },
    })
  await tx.delete(spending).where(eq(spending.scope, from))
}
