import { sql } from 'drizzle-orm'
import { costWithin } from '#lib/contract/money'
import type { Transaction } from '../db/client.ts'
import { type AttemptRow } from '../db/generation-schema.ts'
import { providerDay } from '../db/provider-schema.ts'
import type { GenerationRow } from './row.ts'
import type { Patch } from './transitions/change.ts'

type Before = Pick<AttemptRow, 'outcome' | 'costMicros'>
type Figures = Omit<typeof providerDay.$inferSelect, 'provider' | 'day'>

/**
 * Moves the figures of a provider by what an attempt has become, in the transaction that changes it: so that records,
 * health and metrics read a few rows and never count. Figures only rise: an outcome that is corrected later counts in
 * both. An attempt counts once it has its first answer, or is known to have none: so that the moment in which the slots
 * of a provider are given out, which others wait for, moves no figure.
 */
export async function recordAttempt(
  tx: Transaction,
  before: Before | undefined,
  now: AttemptRow,
  row: GenerationRow | undefined,
  patch: Patch,
  at: Date,
) {
  const figures = movedBy(before, now, row, patch)
  const moved = Object.entries(figures).filter(([, by]) => by !== 0)
  if (moved.length === 0) return
  const day = at.toISOString().slice(0, 10)
  const column = (name: string) => providerDay[name as keyof Figures]
  await tx
    .insert(providerDay)
    .values({ provider: now.provider, day, ...figures })
    .onConflictDoUpdate({
      target: [providerDay.provider, providerDay.day],
      set: Object.fromEntries(moved.map(([name, by]) => [name, sql`${column(name)} + ${by}`])),
    })
}

function movedBy(
  before: Before | undefined,
  now: AttemptRow,
  row: GenerationRow | undefined,
  patch: Patch,
): Partial<Figures> {
  const became = (outcome: AttemptRow['outcome']) =>
    Number(now.outcome === outcome && before?.outcome !== outcome)
  const isDone = became('completed') === 1
  return {
    attempts: Number(now.outcome !== 'submitting' && (!before || before.outcome === 'submitting')),
    completed: became('completed'),
    failed: became('failed'),
    refused: became('refused'),
    unknown: became('unknown'),
    canceled: became('canceled'),
    fellBack: Number(became('refused') && movesOn(now, patch)),
    tookMs:
      isDone && now.endedAt ? Math.max(0, now.endedAt.getTime() - now.startedAt.getTime()) : 0,
    spentMicros: Math.max(0, (now.costMicros ?? 0) - (before?.costMicros ?? 0)),
    savedMicros: isDone && row ? Math.max(0, dearestOf(row) - (now.costMicros ?? 0)) : 0,
  }
}

/** What the most expensive provider that could have made it charges; what users pay is no cost. */
function dearestOf({ ceilingMicros, priceFactor }: GenerationRow) {
  return costWithin(ceilingMicros, priceFactor)
}

/** Whether another provider takes over. */
function movesOn({ provider }: AttemptRow, patch: Patch) {
  return patch.provider !== undefined && patch.provider !== provider
}
