import { and, desc, eq, sql } from 'drizzle-orm'
import type { CreditEntry, LimitView, UsageDay, UsageView } from '#lib/contract/people/usage'
import { usdOf } from '#lib/contract/money'
import { database } from '../db/client.ts'
import { afterCursor, cursorOf } from '../db/queries/keyset.ts'
import { hold } from '../db/money-schema.ts'
import { env } from '../env.ts'
import { accountsOf, balanceOf } from '../money/accounts.ts'
import { type LimitState, limitStates } from '../money/limits.ts'
import { takesPayments } from '../money/payments/stripe.ts'
import { type Payer, installation, scopesOf, withMaker } from '../money/spending.ts'
import { type UsageEntryRefs, modelLabelOf, usageEntries } from './usage-entries.ts'

// However much an owner has made: the chart looks at no more videos than this, the credits at no more transfers.
const chartedDays = 31
const chartedAtMost = 10_000
const creditsAtMost = 50
const transfersLookedAt = 2_000

/** An owner's money: what there is, what limits it, what was spent by day and model, and a page of its videos. */
export async function readUsage(
  payer: Payer,
  { seesMoney = false, ...page }: UsagePage & { seesMoney?: boolean },
  now: Date,
): Promise<Omit<UsageView, 'entries'> & { entries: UsageEntryRefs[] }> {
  const { ownerId } = payer
  // What all spend together is for those who look after the installation.
  const scopes = scopesOf(await withMaker(payer)).filter(
    (scope) => scope !== installation || seesMoney,
  )
  const [balance, limits, days, credits, { rows, nextCursor }] = await Promise.all([
    balanceOf(ownerId),
    limitStates(scopes, now),
    usageByDay(ownerId, now),
    creditsOf(ownerId),
    usagePage(ownerId, page),
  ])
  return {
    billing: env().BILLING,
    balance: {
      availableUsd: usdOf(balance.availableMicros),
      heldUsd: usdOf(balance.heldMicros),
      spentUsd: usdOf(balance.spentMicros),
    },
    takesPayments: takesPayments(),
    limits: limits.map(limitViewOf),
    days,
    credits,
    entries: await usageEntries(rows),
    nextCursor,
  }
}

export function limitViewOf({ limitMicros, spentMicros, resetsAt, ...one }: LimitState): LimitView {
  const usd = { limitUsd: usdOf(limitMicros), spentUsd: usdOf(spentMicros) }
  return { ...one, ...usd, resetsAt: resetsAt.toISOString() }
}

export interface UsagePage {
  cursor: string | undefined
  limit: number
}

/** An owner's holds, newest first, a page at a time. */
export async function usagePage(ownerId: string, { cursor, limit }: UsagePage) {
  const { createdAt, generationId } = hold
  const found = await database()
    .select()
    .from(hold)
    .where(and(eq(hold.ownerId, ownerId), afterCursor(cursor, 'file', [createdAt, generationId])))
    .orderBy(desc(createdAt), desc(generationId))
    .limit(limit + 1)
  const rows = found.slice(0, limit)
  const last = found.length > limit ? rows.at(-1) : undefined
  return { rows, nextCursor: last ? cursorOf(last.createdAt, last.generationId) : null }
}

/** What an owner has spent in the last days, by day and model, from its newest videos. */
async function usageByDay(ownerId: string, now: Date): Promise<UsageDay[]> {
  const since = new Date(now.getTime() - chartedDays * 86_400_000).toISOString().slice(0, 10)
  const { rows } = await database().execute<
    Omit<UsageDay, 'usd' | 'modelLabel'> & { micros: number }
  >(sql`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, model,
      sum(coalesce(charged_micros, amount_micros))::float8 as micros, count(*)::int as videos
    from (
      select created_at, model, charged_micros, amount_micros from hold
      where owner_id = ${ownerId} and created_at >= ${since}::timestamptz
      order by created_at desc, generation_id desc limit ${chartedAtMost}
    ) as newest group by 1, 2 order by 1 desc, 2`)
  return rows.map(({ micros, ...one }) => ({
    ...one,
    modelLabel: modelLabelOf(one.model),
    usd: usdOf(micros),
  }))
}

async function creditsOf(ownerId: string): Promise<CreditEntry[]> {
  const { available } = accountsOf(ownerId)
  const { rows } = await database().execute<
    Pick<CreditEntry, 'kind' | 'note'> & { micros: number; at: string }
  >(sql`
    select kind, note, at, (case when credit = ${available} then amount else -amount end)::float8 as micros
    from (
      select * from ledger_transfer where owner_id = ${ownerId} order by id desc limit ${transfersLookedAt}
    ) as newest
    where kind in ('granted', 'topped_up', 'refunded', 'adopted') and ${available} in (credit, debit)
    order by id desc limit ${creditsAtMost}`)
  return rows.map(({ micros, at, ...one }) => ({
    ...one,
    usd: usdOf(micros),
    at: new Date(at).toISOString(),
  }))
}
