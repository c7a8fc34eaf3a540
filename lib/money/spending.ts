import { and, eq, sql } from 'drizzle-orm'
import { apikey } from '../db/auth-schema.ts'
import { type Database, type Transaction, database } from '../db/client.ts'
import { spending } from '../db/money-schema.ts'

/** Who pays: the owner of what is made, who asked for it, and the API key it was asked with. */
export interface Payer {
  ownerId: string
  userId: string
  keyId: string | null
}

export const installation = 'installation'

/** Whose limits a payer is under, in the order their rows are locked: the one that all share comes last. */
export function scopesOf({ ownerId, userId, keyId }: Payer): string[] {
  const own = [
    ...(keyId === null ? [] : [`key:${keyId}`]),
    ...(ownerId === userId ? [] : [`organization:${ownerId}`]),
    // Behind an organization's API key that an operator made there is none.
    ...(userId === '' ? [] : [`user:${userId}`]),
  ]
  return [...own, installation]
}

/**
 * The payer with the account that answers for it: behind an organization's API key, who made that key. A user's limit
 * holds for all that the user starts, so no key of an organization is a way around it.
 */
export async function withMaker(
  payer: Payer,
  db: Database | Transaction = database(),
): Promise<Payer> {
  if (payer.userId !== '' || payer.keyId === null) return payer
  const [key] = await db
    .select({ maker: sql<string | null>`${apikey.metadata}::jsonb ->> 'createdBy'` })
    .from(apikey)
    .where(eq(apikey.id, payer.keyId))
  return { ...payer, userId: key?.maker ?? '' }
}

/** Whether an organization's API key spends, for which the one who made it answers. */
export function isByOrganizationsKey({ ownerId, userId, keyId }: Payer) {
  return keyId !== null && ownerId !== userId
}

export type PeriodKind = 'day' | 'month'

/** The day and the month of a moment, in UTC: `2026-11-27` and `2026-11`. */
export function periodsOf(at: Date): Record<PeriodKind, string> {
  const day = at.toISOString().slice(0, 10)
  return { day, month: day.slice(0, 7) }
}

/** When the period of a moment is over, and the next one begins. */
export function endOfPeriod(kind: PeriodKind, at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  return new Date(kind === 'day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1))
}

export interface Spent {
  scope: string
  period: string
  micros: number
}

/**
 * Adds to what a payer has spent in the day and month of a moment, and answers the new figures. The rows stay locked
 * until the transaction ends, and one of them is everybody's: this comes last in it, and once.
 */
export async function addSpending(
  tx: Transaction,
  { payer, at, micros }: { payer: Payer; at: Date; micros: number },
): Promise<Spent[]> {
  const { day, month } = periodsOf(at)
  // In this order they are locked.
  const rows = scopesOf(payer).flatMap((scope) =>
    [month, day].map((period) => ({ scope, period, micros })),
  )
  return tx
    .insert(spending)
    .values(rows)
    .onConflictDoUpdate({
      target: [spending.scope, spending.period],
      set: { micros: sql`${spending.micros} + excluded.micros` },
    })
    .returning()
}

/** What a scope has spent in the month of a moment, with what is held. */
export async function spentThisMonth(scope: string, at: Date): Promise<number> {
  const isIt = and(eq(spending.scope, scope), eq(spending.period, periodsOf(at).month))
  const [found] = await database().select().from(spending).where(isIt)
  return found?.micros ?? 0
}
