import { isDeepStrictEqual } from 'node:util'
import { type SQL, eq, max, sql } from 'drizzle-orm'
import { deleteAssetsOf, insertAsset } from '../assets/assets.ts'
import { type Transaction, inTransaction } from '../db/client.ts'
import { type AttemptRow, attempt, generation } from '../db/generation-schema.ts'
import { turnInQueue } from './engine/queue.ts'
import type { GenerationEvent } from './events.ts'
import { recordAttempt } from './figures.ts'
import { type GenerationRow, generationColumns } from './row.ts'
import { transition } from './transition.ts'
import type { Change, Patch } from './transitions/change.ts'
import { settleLate } from './transitions/submits.ts'

/** The database's clock, which fences leases and due times; a test hands in its own. */
export type DatabaseClock = (() => Date) | undefined

/**
 * Applies an event to a generation: row, version, attempt, asset, figures and event in one transaction, under the
 * lock of the row. Answers the row as it is then, or undefined where the event no longer applies. A step that is not
 * visible leaves the version as it is.
 */
export function applyEvent(
  generationId: string,
  event: GenerationEvent,
  clock?: DatabaseClock,
): Promise<GenerationRow | undefined> {
  // A test's clock is read now, as the moment of the event, and not after a wait for the row.
  const now = clock?.()
  return inTransaction((tx) => applyIn(tx, generationId, event, now && (() => now)))
}

/** The same within a transaction that does more. */
export async function applyIn(
  tx: Transaction,
  generationId: string,
  event: GenerationEvent,
  clock?: DatabaseClock,
): Promise<GenerationRow | undefined> {
  const [locked] = await tx
    .select({ now: sql<string>`clock_timestamp()` })
    .from(generation)
    .where(eq(generation.id, generationId))
    .for('update')
  const now = clock?.() ?? new Date(locked?.now ?? Date.now())
  if (!locked) {
    await settleOrphan(tx, event, now)
    return undefined
  }
  // A statement of its own: read with the lock, its attempts would be those of the moment before the wait for it.
  const [row] = await tx
    .select(generationColumns)
    .from(generation)
    .where(eq(generation.id, generationId))
  const change = transition(row!, event, now)
  return change ? write(tx, row!, change, now) : undefined
}

async function write(tx: Transaction, row: GenerationRow, change: Change, now: Date) {
  if (change.asset) await insertAsset(change.asset, tx)
  await writeAttempts(tx, row, change, now)
  if (change.remove) {
    await deleteAssetsOf(row.id, tx)
    await tx.delete(generation).where(eq(generation.id, row.id))
    return row
  }
  const set: { [Column in keyof Patch]: Patch[Column] | SQL } = { ...change.patch }
  if (change.enqueue) set.turn = turnInQueue(row.ownerId, change.patch.provider ?? row.provider)
  if (isVisible(row, change)) set.version = sql`${generation.version} + 1`
  if (Object.keys(set).length === 0) return row
  const [changed] = await tx
    .update(generation)
    .set(set)
    .where(eq(generation.id, row.id))
    .returning(generationColumns)
  return changed
}

async function writeAttempts(tx: Transaction, row: GenerationRow, change: Change, now: Date) {
  if (change.newAttempt) {
    const [last] = await tx
      .select({ number: max(attempt.number) })
      .from(attempt)
      .where(eq(attempt.generationId, row.id))
    const number = (last?.number ?? 0) + 1
    const values = { ...change.newAttempt, generationId: row.id, number }
    const [begun] = await tx.insert(attempt).values(values).returning()
    await recordAttempt(tx, undefined, begun!, row, change.patch, now)
  }
  if (change.attempt) await changeAttempt(tx, change.attempt, row, change.patch, now)
}

async function changeAttempt(
  tx: Transaction,
  { idempotencyKey, set }: NonNullable<Change['attempt']>,
  row: GenerationRow | undefined,
  patch: Patch,
  now: Date,
) {
  const isMeant = eq(attempt.idempotencyKey, idempotencyKey)
  const [before] = await tx.select().from(attempt).where(isMeant)
  const [changed] = await tx.update(attempt).set(set).where(isMeant).returning()
  if (before && changed) await recordAttempt(tx, before, changed, row, patch, now)
}

/** An answer to a paid call whose generation is deleted: what became of the attempt is still written down. */
async function settleOrphan(tx: Transaction, event: GenerationEvent, now: Date) {
  if (!('idempotencyKey' in event) || !event.idempotencyKey) return
  const { idempotencyKey } = event
  const [late] = await tx
    .select()
    .from(attempt)
    .where(eq(attempt.idempotencyKey, idempotencyKey))
    .for('update')
  const set: Partial<AttemptRow> | null = late ? settleLate(late, event, now) : null
  if (set) await changeAttempt(tx, { idempotencyKey, set }, undefined, {}, now)
}

/** What the engine keeps for itself: a change of these alone is not told to anybody. */
const internal: ReadonlySet<string> = new Set<keyof Patch>([
  'dueAt',
  'leaseId',
  'leaseUntil',
  'checks',
  'failures',
  'lostSince',
  'crashedSince',
  'operation',
  'output',
  'slotUntil',
  'turn',
  'deadlineAt',
])

function isVisible(row: GenerationRow, { patch, attempt: changed, newAttempt }: Change) {
  if (changed || newAttempt) return true
  // Deeply, and not as text: PostgreSQL keeps the fields of JSON in an order of its own.
  return Object.entries(patch).some(
    ([column, value]) =>
      !internal.has(column) && !isDeepStrictEqual(value, row[column as keyof GenerationRow]),
  )
}
