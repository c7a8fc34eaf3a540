import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'

// The queue of a provider is its queued rows, in the order of their turns. Owners take turns: the n-th waiting video
// of one owner has the same turn as the n-th of every other, whenever they came. The turn of a newcomer is counted from the
// turn that is being served, so that one who comes late to a long queue does not overtake those before it.

const isQueued = and(
  eq(generation.state, 'queued'),
  isNull(generation.deletedAt),
  isNull(generation.waitsFor),
)!

/** The turn of an owner's next generation in the queue of a provider, as an expression. Two looks into an index. */
export function turnInQueue(ownerId: string, provider: string) {
  return sql<number>`greatest(
    coalesce((select min(q.turn) from generation q
      where q.provider = ${provider} and q.state = 'queued' and q.deleted_at is null
        and q.waits_for is null), 1) - 1,
    coalesce((select max(q.turn) from generation q
      where q.owner_id = ${ownerId} and q.provider = ${provider} and q.state = 'queued'
        and q.deleted_at is null and q.waits_for is null), 0)
  ) + 1`
}

/**
 * The generations that can take a free slot of a provider now: those whose turn it is, as many as there are free
 * slots. One that waits for another try or is parked is passed over; one that a step has in hand right now keeps its
 * place.
 */
export async function nextInQueue(
  provider: string,
  concurrency: number,
  now: Date,
  db: Database | Transaction = database(),
) {
  const at = sql`${now.toISOString()}::timestamptz`
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from generation
    where provider = ${provider} and state = 'queued' and deleted_at is null and waits_for is null
      and (due_at <= ${at} or lease_until > ${at}) and parked_at is null
    order by turn, created_at, id
    limit greatest(0, ${concurrency}::int - (
      select count(*) from generation
      where provider = ${provider} and slot_until is not null and slot_until > ${at}
    ))`)
  return rows.map((row) => row.id)
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
      (select provider from generation where state = 'queued' and deleted_at is null and waits_for is null
        order by provider limit 1)
      union all
      select (select g.provider from generation g
        where g.state = 'queued' and g.deleted_at is null and g.waits_for is null
          and g.provider > walk.provider
        order by g.provider limit 1)
      from walk where walk.provider is not null
    ) select provider from walk where provider is not null`)
  return rows.map((row) => row.provider)
}

/** Has this transaction alone give out the slots of a provider: two never count the same slot as free. */
export async function lockSlots(provider: string, tx: Transaction) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`slots of ${provider}`}))`)
}
