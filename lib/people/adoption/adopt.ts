import { setTimeout as sleep } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { underWaySeconds } from '../../db/queries/adopted.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { canvas } from '../../db/canvas-schema.ts'
import { batch, collection, template, templateStar, zipLink } from '../../db/library-schema.ts'
import { log } from '../../log.ts'
import { adoptMoney } from '../../money/adopt-money.ts'

const tries = 6
const pauseMs = 50

type Step = (tx: Transaction, visitorId: string, accountId: string) => Promise<unknown>
type After = (tx: Transaction, step: number) => Promise<unknown>

/**
 * Moves all that a visitor has into an account, in one transaction: all of it is moved or nothing. Called again it does
 * nothing, and neither does it for one that is no visitor. The engine and the starts of both may be at work meanwhile:
 * where they stand in each other's way it is tried again.
 *
 * @param after called after each step; a test breaks off there.
 */
export async function adopt(visitorId: string, accountId: string, after?: After): Promise<void> {
  await inMovingTransaction((tx) => adoptWithin(tx, visitorId, accountId, after))
}

/** A transaction that moves what a visitor has, from its beginning again where another stands in its way. */
export async function inMovingTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await inTransaction(work)
    } catch (error) {
      if (attempt >= tries || !isInTheWay(error)) throw error
      log().warn({ err: error, attempt }, 'anonymous work is moved at the next try')
      await sleep(pauseMs * 2 ** attempt * Math.random())
    }
}

/** The same as a part of a transaction, which `inMovingTransaction` runs. */
export async function adoptWithin(
  tx: Transaction,
  visitorId: string,
  accountId: string,
  after?: After,
) {
  for (const [index, step] of moving.entries()) {
    if ((await step(tx, visitorId, accountId)) === 'over') return
    await after?.(tx, index)
  }
}

/** A deadlock, a serialization failure, or the very upload or key that has come to the account at this moment. */
function isInTheWay(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isOfOthers = 'code' in error && /^(40P01|40001|23505|55P03)$/.test(String(error.code))
  return isOfOthers || isInTheWay(error.cause)
}

/**
 * Rows of the engine first, as the engine takes them: row, then what it writes for the owner. Then the lock that every
 * write for the visitor shares: what was written before it is moved, what comes later is written for the account.
 */
const moving: Step[] = [
  async (tx, visitorId, accountId) => {
    const { rows } = await tx.execute(sql`
      select from "user" v, "user" a
      where v.id = ${visitorId} and v.is_anonymous and a.id = ${accountId}
        and not coalesce(a.is_anonymous, false)
        and not exists (select from adoption where from_id = ${visitorId})`)
    return rows.length === 0 ? 'over' : undefined
  },
  (tx, visitorId) =>
    tx.execute(sql`
      select from generation where owner_id = ${visitorId} order by id for update`),
  (tx, visitorId) =>
    tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`adopt ${visitorId}`}, 0))`),
  async (tx, visitorId, accountId) => {
    const { rowCount } = await tx.execute(sql`
      insert into adoption (from_id, to_id) values (${visitorId}, ${accountId})
      on conflict do nothing`)
    return rowCount === 0 ? 'over' : undefined
  },
  (tx, visitorId, accountId) =>
    tx.execute(sql`
      update generation set owner_id = ${accountId}, started_by = coalesce(started_by, ${visitorId})
      where owner_id = ${visitorId}`),
  (tx, visitorId, accountId) =>
    // Both stay where the account has the same upload: the one in the visitor's messages keeps its address.
    tx.execute(sql`
      update asset set owner_id = ${accountId}, sha256 = case
        when generation_id is null and exists (
          select from asset known where known.owner_id = ${accountId}
            and known.sha256 = asset.sha256 and known.generation_id is null
        ) then sha256 || '-' || id else sha256 end
      where owner_id = ${visitorId}`),
  (tx, visitorId, accountId) =>
    // A key that both have used stands for two videos: the visitor's is told by what was asked for with it.
    tx.execute(sql`
      with twice as (
        select theirs.key, theirs.body_hash, marked.key is not null as is_known
        from idempotency_key theirs
        join idempotency_key known on known.owner_id = ${accountId} and known.key = theirs.key
        left join idempotency_key marked
          on marked.owner_id = ${accountId} and marked.key = theirs.key || '#' || theirs.body_hash
        where theirs.owner_id = ${visitorId}
      )
      update idempotency_key set owner_id = ${accountId}, key = case
        when key in (select key from twice) then key || '#' || body_hash else key end
      where owner_id = ${visitorId} and key not in (select key from twice where is_known)`),
  (tx, visitorId, accountId) =>
    // An id that both have given to a chat stays the account's.
    tx.execute(sql`
      update chat set user_id = ${accountId}, public_id = case
        when exists (select from chat known where known.user_id = ${accountId}
          and known.public_id = chat.public_id)
        then 'chat_' || left(md5(chat.id || ${visitorId}), 24) else public_id end, answer_for = case when answer_for is null then null
        else answer_for || jsonb_build_object('ownerId', ${accountId}::text, 'userId', ${accountId}::text) end
      where user_id = ${visitorId}`),
  (tx, visitorId, accountId) =>
    tx.execute(sql`update chat_turn set user_id = ${accountId} where user_id = ${visitorId}`),
  adoptMoney,
  async (tx, visitorId, accountId) => {
    await tx.execute(sql`
      update notice set owner_id = ${accountId}, user_id = ${accountId} where owner_id = ${visitorId}`)
    await tx.execute(sql`
      update notice_delivery set owner_id = ${accountId} where owner_id = ${visitorId}`)
  },
  (tx, visitorId, accountId) =>
    tx.execute(sql`
      update push_subscription set user_id = ${accountId} where user_id = ${visitorId}`),
  (tx, visitorId, accountId) =>
    tx.execute(sql`
      update share_link set owner_id = ${accountId}, created_by = ${accountId}
      where owner_id = ${visitorId}`),
  async (tx, visitorId, accountId) => {
    // Items, their stars and the trash have moved with the generations and uploads.
    for (const table of [collection, batch, zipLink, canvas])
      await tx.update(table).set({ ownerId: accountId }).where(eq(table.ownerId, visitorId))
    await tx
      .update(template)
      .set({ ownerId: accountId, madeBy: accountId })
      .where(eq(template.ownerId, visitorId))
    await moveStars(tx, visitorId, accountId)
  },
  (tx, visitorId) =>
    // What is under way with it is told to come again; then it is over, and no way into anything.
    tx.execute(sql`
      update session set expires_at = least(expires_at, now() + make_interval(secs => ${underWaySeconds}))
      where user_id = ${visitorId}`),
  tellPages,
]

/** Those of templates; one that both have is the account's. */
async function moveStars(tx: Transaction, visitorId: string, accountId: string) {
  const stars = tx
    .delete(templateStar)
    .where(eq(templateStar.userId, visitorId))
    .returning({ templateId: templateStar.templateId })
  const moved = (await stars).map(({ templateId }) => ({ templateId, userId: accountId }))
  if (moved.length > 0) await tx.insert(templateStar).values(moved).onConflictDoNothing()
}

/** The account's open pages look at their list. */
export const stepCount = moving.length

async function tellPages(tx: Transaction, visitorId: string, accountId: string) {
  await tx.execute(sql`
    select pg_notify('generation_news', json_build_object(
      'ownerId', ${accountId}::text, 'fileId', id, 'version', version, 'change', 'started')::text)
    from generation where owner_id = ${accountId} and started_by = ${visitorId}
      and deleted_at is null
    order by created_at desc limit 1`)
}
