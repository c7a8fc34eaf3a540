import { sql } from 'drizzle-orm'
import type { Transaction } from '../db/client.ts'
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
    // Behind an organization's API key there is none.
    ...(userId === '' ? [] : [`user:${userId}`]),
  ]
  return [...own, installation]
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
