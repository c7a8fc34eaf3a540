import { and, asc, count, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { type Database, type Transaction, database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { slotStates } from './file-states.ts'

// Beyond this place nobody minds the exact number, and every renumbering is a change each of them is told of.
const farthestPlace = 100

/** The place a newcomer gets in a provider's queue. */
export async function nextQueuePlace(provider: string, db: Database | Transaction = database()) {
  const [row] = await db
    .select({ waiting: count() })
    .from(file)
    .where(and(eq(file.provider, provider), eq(file.state, 'queued'), isNull(file.deletedAt)))
  return (row?.waiting ?? 0) + 1
}

// Whoever changes several rows at once locks them in the queue's order first: two that met halfway would be a deadlock,
// and its victim may be the one change that says what became of a paid job.

/** Numbers the queue of a provider anew; only rows whose place changed are touched, and told. */
export async function refreshQueuePlaces(provider: string) {
  await database().execute(sql`
    with waiting as (
      select id, created_at from file
      where provider = ${provider} and state = 'queued' and deleted_at is null
      order by created_at, id limit ${farthestPlace} for no key update
    ), places as (
      select id, row_number() over (order by created_at, id) as place from waiting
    )
    update file set queue_place = places.place, version = version + 1
    from places where file.id = places.id and file.state = 'queued'
      and file.queue_place is distinct from places.place`)
}

/** The files that have waited longest for a provider, as many as asked for. */
export async function firstInQueue(provider: string, limit: number, db: Database | Transaction) {
  const rows = await waitingLongest(provider, limit, db)
  return rows.map((row) => row.id)
}

function waitingLongest(provider: string, limit: number, db: Database | Transaction) {
  return db
    .select({ id: file.id })
    .from(file)
    .where(and(eq(file.provider, provider), eq(file.state, 'queued'), isNull(file.deletedAt)))
    .orderBy(asc(file.createdAt), asc(file.id))
    .limit(limit)
}

/** How many of a provider's slots are taken. A job that is done, or past its deadline, is waited for, but holds none. */
export async function slotsTaken(provider: string, now: Date, db: Database | Transaction) {
  const [row] = await db
    .select({ taken: count() })
    .from(file)
    .where(
      and(
        eq(file.provider, provider),
        inArray(file.state, [...slotStates]),
        or(isNull(file.deadlineAt), gt(file.deadlineAt, now)),
        sql`not exists (select 1 from attempt where token = ${file.token} and outcome = 'completed')`,
      ),
    )
  return row?.taken ?? 0
}

/**
 * Makes the files whose turn may have come due now, and says which; none where the queue is empty. One that waits for
 * another try keeps its time.
 */
export async function callFirstInQueue(provider: string, limit: number, now: Date) {
  const first = waitingLongest(provider, limit, database()).for('no key update')
  const moment = now.toISOString()
  const called = await database()
    .update(file)
    .set({
      runAt: sql`case when ${file.failures} = 0 then ${moment}::timestamptz else ${file.runAt} end`,
    })
    .where(inArray(file.id, first))
    .returning({ id: file.id })
  return called.map((row) => row.id)
}
