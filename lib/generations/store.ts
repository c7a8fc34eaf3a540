import { isDeepStrictEqual } from 'node:util'
import { type SQL, and, eq, sql } from 'drizzle-orm'
import { deleteAssetsOf, insertAsset } from '../assets/assets.ts'
import { deleteLinksTo } from '../assets/share/links.ts'
import { type Database, type Transaction, database, inTransaction } from '../db/client.ts'
import { type AttemptRow, attempt, generation } from '../db/generation-schema.ts'
import { turnInQueue } from './engine/queue.ts'
import type { GenerationEvent } from './events.ts'
import { recordAttempt } from './figures.ts'
import { newsOf, tells, withoutTold } from './news.ts'
import { lockHold, settle } from '../money/holds.ts'
import { enqueueNotice } from '../notices/enqueue.ts'
import { processWide } from '../process-wide.ts'
import { chargeOf } from './charge.ts'
import { type GenerationRow, generationColumns } from './row.ts'
import { transition } from './transition.ts'
import type { Change, Patch } from './transitions/change.ts'
import { settleLate } from './transitions/submits.ts'

/** The database's clock, which fences leases and due times; a test hands in its own. */
export type DatabaseClock = (() => Date) | undefined

/**
 * Applies an event to a generation: row, version, attempt, asset, money, notice, figures and event in one transaction, under
 * the lock of the row. Answers the row as it is then, or undefined where the event no longer applies. A step that is not
 * visible leaves the version as it is.
 */
export async function applyEvent(
  generationId: string,
  event: GenerationEvent,
  clock?: DatabaseClock,
): Promise<GenerationRow | undefined> {
  // A test's clock is read now, as the moment of the event, and not after a wait for the row.
  const moment = clock?.()
  const fixed = moment && (() => moment)
  const changed = isOfRowAlone.has(event.type)
    ? await applyUnlocked(generationId, event, fixed)
    : 'meanwhile'
  if (changed !== 'meanwhile') return changed
  return inTransaction((tx) => applyIn(tx, generationId, event, fixed))
}

/** What mostly moves nothing but the row: the engine's own events, several for each that a user sees. */
const isOfRowAlone: ReadonlySet<string> = new Set<GenerationEvent['type']>([
  'claimed',
  'lease_renewed',
  'step_idle',
  'held_back',
  'job_pending',
])

/**
 * The same for an event that moves nothing but the row: it is read, and written only where it still is as it was
 * read, in two statements instead of a transaction of five. `meanwhile` where another has changed it in between, or
 * more than the row is to be written: then nothing is written here. Every change of an attempt changes its row too,
 * so one that is the same row still has the same attempts.
 */
async function applyUnlocked(generationId: string, event: GenerationEvent, clock: DatabaseClock) {
  const [read] = await readUnlocked().execute({ id: generationId })
  if (!read) return undefined
  const { now, xmin, ...row } = read
  const change = transition(row, event, clock?.() ?? new Date(now))
  if (!change) return undefined
  const { patch, ...more } = change
  if (Object.keys(more).length > 0) return 'meanwhile'
  const isUnchanged = sql`${generation}.xmin = ${xmin}::xid`
  return (await writeRow(database(), row, change, isUnchanged)) ?? 'meanwhile'
}

function readUnlocked() {
  return processWide('read generation unlocked', () =>
    database()
      .select({
        ...generationColumns,
        now: sql<string>`clock_timestamp()`.as('now'),
        xmin: sql<string>`${generation}.xmin::text`.as('row_xmin'),
      })
      .from(generation)
      .where(eq(generation.id, sql.placeholder('id')))
      .prepare('read_generation_unlocked'),
  )
}

/**
 * The same within a transaction that does more.
 *
 * @param isStillRight called right before the first write: if it is false, nothing is written. What others wait for
 * is locked here, and so for as short as can be.
 */
export async function applyIn(
  tx: Transaction,
  generationId: string,
  event: GenerationEvent,
  clock?: DatabaseClock,
  isStillRight?: () => Promise<boolean>,
): Promise<GenerationRow | undefined> {
  const isMeant = eq(generation.id, generationId)
  const [locked] = await tx
    .select({ now: sql<string>`clock_timestamp()` })
    .from(generation)
    .where(isMeant)
    .for('update')
    .prepare('lock_generation')
    .execute()
  const now = clock?.() ?? new Date(locked?.now ?? Date.now())
  if (!locked) {
    await settleOrphan(tx, event, now)
    return undefined
  }
  // A statement of its own: read with the lock, its attempts would be those of the moment before the wait for it.
  const [row] = await tx
    .select(generationColumns)
    .from(generation)
    .where(isMeant)
    .prepare('read_locked_generation')
    .execute()
  const change = transition(row!, event, now)
  if (!change || (isStillRight && !(await isStillRight()))) return undefined
  return write(tx, row!, change, now)
}

async function write(tx: Transaction, row: GenerationRow, change: Change, now: Date) {
  if (change.asset) await insertAsset(change.asset, tx)
  const record = await writeAttempt(tx, row, change, now)
  if (change.remove) {
    await deleteAssetsOf(row.id, tx)
    await deleteLinksTo(row.id, tx)
    await tx.delete(generation).where(eq(generation.id, row.id))
  }
  const written = change.remove ? row : await writeRow(tx, row, change)
  if (written) await tell(tx, written, change, now)
  // Last: every generation of an owner or a provider moves the same rows, and waits for them until the one before has
  // committed.
  const paid = written && (await settleChange(tx, written, change, now))
  await record?.()
  return paid
}

/**
 * One of an older version does not say who started it, and behind the key of an organization there is no account: the
 * owner is told. The empty id is that of everyone without a session.
 */
async function tell(tx: Transaction, row: GenerationRow, { notice }: Change, createdAt: Date) {
  if (!notice) return
  const { id: generationId, ownerId, startedBy, version } = row
  const userId = startedBy || ownerId
  await enqueueNotice(tx, { ...notice, ownerId, userId, generationId, version, createdAt })
}

/** Settles what is held for a generation. Its row says what is charged already, but where a later charge is not covered. */
async function settleChange(tx: Transaction, row: GenerationRow, change: Change, now: Date) {
  const settled = change.charge && (await settle(tx, row.id, change.charge, now))
  if (!settled || change.remove || settled.chargedMicros === row.chargedMicros) return row
  const { chargedMicros } = settled
  await tx.update(generation).set({ chargedMicros }).where(eq(generation.id, row.id))
  return { ...row, chargedMicros }
}

/** The row as it is then: undefined where it is not the one that was meant. */
async function writeRow(
  db: Database | Transaction,
  row: GenerationRow,
  change: Change,
  isMeant?: SQL,
): Promise<GenerationRow | undefined> {
  const set: { [Column in keyof Patch]: Patch[Column] | SQL } = { ...change.patch }
  if (change.enqueue) set.turn = turnInQueue(row.ownerId, change.patch.provider ?? row.provider)
  if (isVisible(row, change)) set.version = sql`${generation.version} + 1`
  if (Object.keys(set).length === 0) return row
  const news = newsOf(row, change)
  const [changed] = await db
    .update(generation)
    .set(set)
    .where(and(eq(generation.id, row.id), isMeant))
    .returning(news ? { ...generationColumns, ...tells(news) } : generationColumns)
  return changed && withoutTold(changed)
}

/** Begins or changes an attempt; answers how its figures are then moved. */
async function writeAttempt(tx: Transaction, row: GenerationRow, change: Change, now: Date) {
  const { newAttempt, attempt: news, patch } = change
  if (news) {
    const before = row.attempts.find((one) => one.idempotencyKey === news.idempotencyKey)
    const changed = await changeAttempt(tx, news)
    return before && changed && (() => recordAttempt(tx, before, changed, row, patch, now))
  }
  if (!newAttempt) return undefined
  const number = Math.max(0, ...row.attempts.map((one) => one.number)) + 1
  const values = { ...newAttempt, generationId: row.id, number }
  const [begun] = await tx.insert(attempt).values(values).returning()
  return () => recordAttempt(tx, undefined, begun!, row, patch, now)
}

async function changeAttempt(
  tx: Transaction,
  { idempotencyKey, set }: NonNullable<Change['attempt']>,
): Promise<AttemptRow | undefined> {
  const isMeant = eq(attempt.idempotencyKey, idempotencyKey)
  const [changed] = await tx.update(attempt).set(set).where(isMeant).returning()
  return changed
}

/** An answer to a paid call whose generation is deleted: what became of the attempt is still written down and paid. */
async function settleOrphan(tx: Transaction, event: GenerationEvent, now: Date) {
  if (!('idempotencyKey' in event) || !event.idempotencyKey) return
  const { idempotencyKey } = event
  const [late] = await tx
    .select()
    .from(attempt)
    .where(eq(attempt.idempotencyKey, idempotencyKey))
    .for('update')
  const set: Partial<AttemptRow> | null = late ? settleLate(late, event, now) : null
  const changed = set && (await changeAttempt(tx, { idempotencyKey, set }))
  if (!changed) return
  await settleRemoved(tx, changed.generationId, now)
  await recordAttempt(tx, late, changed, undefined, {}, now)
}

async function settleRemoved(tx: Transaction, generationId: string, now: Date) {
  // Locked first: of two late answers at once the second sees what the first has told.
  if (!(await lockHold(tx, generationId))) return
  const isOfIt = eq(attempt.generationId, generationId)
  const attempts = await tx.select().from(attempt).where(isOfIt)
  await settle(tx, generationId, chargeOf('removed', attempts), now)
}

/** What the engine keeps for itself: a change of these alone is not visible. */
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

function isVisible(row: GenerationRow, { patch, attempt: changed, newAttempt, isShown }: Change) {
  if (changed || newAttempt || isShown) return true
  // Deeply, and not as text: PostgreSQL keeps the fields of JSON in an order of its own.
  return Object.entries(patch).some(
    ([column, value]) =>
      !internal.has(column) && !isDeepStrictEqual(value, row[column as keyof GenerationRow]),
  )
}
