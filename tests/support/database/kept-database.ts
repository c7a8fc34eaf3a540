import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { closeDatabase, databaseAddress, pool, useDatabase } from '#lib/db/client'
import { processWide } from '#lib/process-wide'

// Most files leave a database that only has to be emptied for the next. A new one costs more than most tests: its files,
// and for each connection a process that has to learn all tables first. So each process of tests keeps one, with its pool.

interface Kept {
  address: string
  connections: pg.Pool
}

/** Of this process, for all its test files. */
const worker = globalThis as typeof globalThis & { keptDatabase?: Kept; asMade?: string }

/** Opens the database that a file before has left, empty. Answers false where there is none. */
export function reopenKept() {
  const kept = worker.keptDatabase
  delete worker.keptDatabase
  if (!kept) return false
  useDatabase(kept.address, kept.connections.options.max)
  processWide('database pool', () => kept.connections)
  return true
}

/** Remembers how the tables of a new database are. All are copies of one, so it is asked once a process. */
export async function rememberAsMade() {
  worker.asMade ??= await descriptionOf(pool())
}

/**
 * Empties the database of a file for the next one. It is closed where something of the file is still at work in it, or
 * where its tables are no longer as they were made.
 */
export async function keepOrClose() {
  const connections = pool()
  try {
    if ((await isLeft(connections)) && (await descriptionOf(connections)) === worker.asMade) {
      await empty(connections)
      worker.keptDatabase = { address: databaseAddress(), connections }
      return
    }
  } catch {
    // The file has taken it away, or holds a lock.
  }
  await closeDatabase()
}

/** What describes the tables and all that belongs to them. */
async function descriptionOf(connections: pg.Pool) {
  const { rows } = await connections.query<{ description: string }>(`
    select concat_ws(' ',
      (select md5(string_agg(relname, ' ' order by relname)) from pg_class
        where relnamespace = 'public'::regnamespace),
      (select count(*) from pg_attribute join pg_class on pg_class.oid = attrelid
        where relnamespace = 'public'::regnamespace and not attisdropped),
      (select count(*) from pg_proc where pronamespace = 'public'::regnamespace),
      (select count(*) from pg_constraint where connamespace = 'public'::regnamespace),
      (select count(*) from pg_trigger where not tgisinternal)) as description`)
  return rows[0]!.description
}

/** Whether none but the idle connections of the pool are left, at once or after those just ended are gone. */
async function isLeft(connections: pg.Pool) {
  for (let looks = 0; looks < 20 && !connections.ended; looks++) {
    const { rows } = await connections.query<{ open: number }>(
      'select count(*)::int as open from pg_stat_activity where datname = current_database()',
    )
    const { totalCount, idleCount } = connections
    if (rows[0]!.open === totalCount && idleCount === totalCount) return true
    await sleep(20)
  }
  return false
}

// Plans are made by what the database knows of a table: of an empty one that it will stay so.
const forgetStatistics = `
  with tables as (
    select relnamespace::regnamespace::text as space, relname::text as name
    from pg_class where oid = any($1::regclass[])
  )
  select pg_clear_relation_stats(space, name) from tables
  union all
  select pg_clear_attribute_stats(space, name, attname::text, inherited)
  from tables join pg_stats on (schemaname, tablename) = (space, name)`

/** Deletes all rows but those that a first start writes. The pages go too, as in a database that was never used. */
async function empty(connections: pg.Pool) {
  const { rows } = await connections.query<{ name: string }>(`
    select oid::regclass::text as name from pg_class
    where relkind = 'r' and relnamespace in ('public'::regnamespace, 'pgboss'::regnamespace)
      and relname not in ('queue', 'version') and pg_relation_size(oid) > 0`)
  const used = rows.map(({ name }) => name)
  if (used.length === 0) return
  const deletes = used.map((name) => `delete from ${name}`)
  // As a replica does it: no trigger and no reference to other rows is in the way.
  await connections.query(`begin; set local lock_timeout = '1s'; set local session_replication_role = replica;
    ${deletes.join('; ')}; alter sequence ledger_transfer_id_seq restart; commit`)
  await connections.query(`vacuum (index_cleanup on) ${used.join(', ')}`)
  await connections.query(forgetStatistics, [used])
}
