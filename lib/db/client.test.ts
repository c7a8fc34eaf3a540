import { sql } from 'drizzle-orm'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { manyConnections, withTestDatabase } from '../../tests/support/database/test-database.ts'
import { AppError } from '../errors.ts'
import { database, databaseAddress, inTransaction, pool } from './client.ts'

withTestDatabase(manyConnections)

const look = sql`select 1`

/** Cuts every connection of the product at once, as a restart of the database does. */
async function cutAll() {
  const admin = new pg.Client({ connectionString: databaseAddress() })
  await admin.connect()
  await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'photofinish'`)
  await admin.end()
}

function inUse() {
  return pool().totalCount - pool().idleCount
}

test('a connection that dies in use rejects its work, and is not used again', async () => {
  for (let round = 0; round < 20; round++) {
    const dying = inTransaction((tx) =>
      tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`),
    )
    await expect(dying).rejects.toThrow()
    await expect(database().execute(look)).resolves.toBeDefined()
  }
  expect(inUse()).toBe(0)
})

test('a transaction that cannot even begin gives its connection back', async () => {
  const transactions = () =>
    Promise.allSettled(Array.from({ length: 20 }, () => inTransaction((tx) => tx.execute(look))))
  for (let round = 0; round < 3; round++) {
    await transactions()
    await Promise.all([cutAll(), transactions(), transactions()])
  }
  expect(inUse()).toBe(0)
  // One that was cut a moment ago may not have been noticed yet, and is thrown away at its first use.
  await vi.waitFor(() => inTransaction((tx) => tx.execute(look)), { timeout: 10_000 })
})

test('a refusal writes nothing, and keeps its connection', async () => {
  const pidOf = async (tx: Parameters<Parameters<typeof inTransaction>[0]>[0]) =>
    (await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`)).rows[0]!.pid
  const pids = new Set<number>()
  for (let round = 0; round < 5; round++) {
    const refused = inTransaction(async (tx) => {
      pids.add(await pidOf(tx))
      await tx.execute(sql`create table never_made (id int)`)
      throw new AppError('not_possible_now', { userMessage: 'No.' })
    })
    await expect(refused).rejects.toThrow('No.')
  }
  expect(pids.size).toBe(1)
  const { rows } = await database().execute(sql`select to_regclass('never_made') as made`)
  expect(rows).toEqual([{ made: null }])
})
