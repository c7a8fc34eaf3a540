import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'

let folder: string
let server: EmbeddedPostgres | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-embedded-'))
  await chmod(folder, 0o755)
})
afterEach(async () => {
  // On a busy machine it takes longer to close than a shutdown of ours may.
  await server?.stop().catch(() => server?.stop())
  await rm(folder, { recursive: true, force: true })
})

async function query(text: string) {
  const client = new pg.Client({ connectionString: server!.connectionString })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

test('is made at the first start, keeps its data, is adopted where it still runs, and its end is noticed', async () => {
  server = await startEmbeddedPostgres(folder)
  expect(server.wasAdopted).toBe(false)
  await query('create table kept (id int)')
  const [{ pid }] = await query('select pg_postmaster_start_time()::text as pid')

  const adopted = await startEmbeddedPostgres(folder)
  expect(adopted.wasAdopted).toBe(true)
  expect(await query('select pg_postmaster_start_time()::text as pid')).toEqual([{ pid }])

  const long = [600_000, new AbortController().signal] as const
  await server.connectionEnds(1, long[1])
  await server.connectionEnds(600_000, AbortSignal.abort())
  expect(await server.isAnswering()).toBe(true)
  const ended = server.connectionEnds(...long)
  await server.stop()
  await Promise.all([ended, server.connectionEnds(...long)])

  server = await startEmbeddedPostgres(folder)
  expect(server.wasAdopted).toBe(false)
  expect(await query('select * from kept')).toEqual([])
})

test('two that start at once end up with one server', async () => {
  const both = await Promise.all([startEmbeddedPostgres(folder), startEmbeddedPostgres(folder)])
  server = both[0]
  expect(both[0].connectionString).toBe(both[1].connectionString)
  expect(await query('select 1 as one')).toEqual([{ one: 1 }])
})

test('works under a path too long for a socket', { tags: 'long' }, async () => {
  const long = join(folder, 'a-rather-long-name'.repeat(5))
  server = await startEmbeddedPostgres(long)
  expect(await query('select 1 as one')).toEqual([{ one: 1 }])
})
