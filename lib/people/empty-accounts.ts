import { sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { everySoOften } from '../sweeping.ts'
import { removeOldTries } from './accounts/tries.ts'

const dayMs = 24 * 60 * 60 * 1000
const keptMs = 7 * dayMs
const batch = 500

/** Removes empty accounts, and what was counted of tries at signing in, now and every day, until stopped. */
export function sweepEmptyAccounts() {
  return everySoOften(dayMs, 'empty accounts were not removed', () =>
    Promise.all([removeEmptyAccounts(new Date()), removeOldTries()]),
  )
}

/**
 * Removes anonymous accounts with nothing in them: no video, chat, upload, collection, canvas, template or money, and a week
 * without a visit. The browser
 * that comes back later is a newcomer, and has lost nothing. Walks all accounts, a bounded batch at a time; answers how
 * many were removed.
 */
export async function removeEmptyAccounts(now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptMs)
  let removed = 0
  for (let last = ''; ;) {
    const { rows } = await removeBatch(last, before)
    const { upto, gone } = rows[0]!
    removed += gone
    if (upto === null) break
    last = upto
  }
  for (const rows of ofOwners) await removeLeftBehind(rows)
  return removed
}

/** Rows that name their owner and nothing else, so that they outlive it. */
const ofOwners = [
  { table: 'webhook_secret', key: 'owner_id', owner: 'owner_id' },
  { table: 'webhook_endpoint', key: 'id', owner: 'owner_id' },
  { table: 'notice_setting', key: 'user_id', owner: 'user_id' },
  { table: 'push_subscription', key: 'id', owner: 'user_id' },
  { table: 'template_star', key: 'user_id', owner: 'user_id' },
] as const

/** Removes those of accounts and organizations that are no more, whatever has removed them; a bounded batch at a time. */
async function removeLeftBehind(rows: (typeof ofOwners)[number]) {
  const [table, key, owner] = [rows.table, rows.key, rows.owner].map((name) => sql.identifier(name))
  for (let last: string | null = ''; last !== null;) {
    const found: { rows: { upto: string | null }[] } = await database().execute(sql`
      with batch as (
        select ${key} as key, ${owner} as owner from ${table} where ${key} > ${last}
        order by ${key} limit ${batch}
      ), removed as (
        delete from ${table} using batch where ${table}.${key} = batch.key
          and not exists (select from "user" u where u.id = batch.owner)
          and not exists (select from organization o where o.id = batch.owner)
      )
      select max(key) as upto from batch`)
    last = found.rows[0]!.upto
  }
}

function removeBatch(last: string, before: Date) {
  return database().execute<{ upto: string | null; gone: number }>(sql`
    with batch as (
      select id from "user" where id > ${last} order by id limit ${batch}
    ), removed as (
      delete from "user" u using batch
      where u.id = batch.id and u.is_anonymous and u.created_at < ${before}
        and not exists (select from session s where s.user_id = u.id and s.updated_at >= ${before})
        and not exists (select from generation g where g.owner_id = u.id)
        and not exists (select from asset a where a.owner_id = u.id and a.generation_id is null)
        and not exists (select from chat c where c.user_id = u.id)
        and not exists (select from collection c where c.owner_id = u.id)
        and not exists (select from canvas c where c.owner_id = u.id)
        and not exists (select from template t where t.owner_id = u.id)
        and not exists (select from ledger_account l where l.owner_id = u.id and l.balance <> 0)
      returning u.id
    ), turns as (
      delete from chat_turn t using removed where t.user_id = removed.id
    )
    select (select max(id) from batch) as upto, (select count(*)::int from removed) as gone`)
}
