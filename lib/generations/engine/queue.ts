import { and, count, eq, gt, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'

// The queue of a provider is its queued rows, in the order of their turns. Owners take turns: the n-th waiting video
// of one owner stands beside the n-th of every other, whenever they came. The turn of a newcomer is counted from the
// turn that is being served, so that one who comes late to a long queue does not overtake those before it.

const isQueued = and(eq(generation.state, 'queued'), isNull(generation.deletedAt))!

/** The turn of an owner's next generation in the queue of a provider, as an expression. Two looks into an index. */
export function turnInQueue(ownerId: string, provider: string) {
  return sql<number>`greatest(
    coalesce((select min(q.turn) from generation q
      where q.provider = ${provider} and q.state = 'queued' and q.deleted_at is null), 1) - 1,
    coalesce((select max(q.turn) from generation q
      where q.owner_id = ${ownerId} and q.provider = ${provider} and q.state = 'queued'
        and q.deleted_at is null), 0)
  ) + 1`
}

/**
 * The generations whose turn it is at a provider, as many as asked for. One that waits for another try or is parked is
 * passed over; one that a step has in hand right now keeps its place.
 */
export async function firstInQueue(
  provider: string,
  limit: number,
  now: Date,
  db: Database | Transaction = database(),
) {
  if (limit <= 0) return []
  const isReady = or(lte(generation.dueAt, now), gt(generation.leaseUntil, now))
  const rows = await db
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.provider, provider), isQueued, isReady, isNull(generation.parkedAt)))
    .orderBy(generation.turn, generation.createdAt, generation.id)
    .limit(limit)
  return rows.map((row) => row.id)
}

/** How many of a provider's slots are taken. */
export async function slotsTaken(
  provider: string,
  now: Date,
  db: Database | Transaction = database(),
) {
  const [row] = await db
    .select({ taken: count() })
    .from(generation)
    .where(
      and(
        eq(generation.provider, provider),
        isNotNull(generation.slotUntil),
        gt(generation.slotUntil, now),
      ),
    )
  return row?.taken ?? 0
}

/** The generations that can take a free slot of a provider now. */
export async function nextInQueue(
  provider: string,
  concurrency: number,
  now: Date,
  db: Database | Transaction = database(),
) {
  const free = concurrency - (await slotsTaken(provider, now, db))
  return firstInQueue(provider, free, now, db)
}

/** Those in the queue that are to be canceled: a slot is nothing they wait for. */
export async function canceledInQueue(limit: number): Promise<string[]> {
  const rows = await database()
    .select({ id: generation.id })
    .from(generation)
    .where(and(isQueued, isNotNull(generation.cancelRequestedAt), isNull(generation.parkedAt)))
    .limit(limit)
  return rows.map((row) => row.id)
}

/** The providers that have a queue: one look into an index for each. */
export async function queuedProviders(): Promise<string[]> {
  const { rows } = await database().execute<{ provider: string }>(sql`
    with recursive walk as (
      (select provider from generation where state = 'queued' and deleted_at is null
        order by provider limit 1)
      union all
      select (select g.provider from generation g
        where g.state = 'queued' and g.deleted_at is null and g.provider > walk.provider
        order by g.provider limit 1)
      from walk where walk.provider is not null
    ) select provider from walk where provider is not null`)
  return rows.map((row) => row.provider)
}

/** Has this transaction alone give out the slots of a provider: two never count the same slot as free. */
export async function lockSlots(provider: string, tx: Transaction) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`slots of ${provider}`}))`)
}
