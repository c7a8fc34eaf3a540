import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { findDatabaseUser } from './database-user.ts'

// One cluster for all: each case leaves behind what a killed server may have left, and starts it.

let folder: string
let server: EmbeddedPostgres
let bystander: ChildProcess | undefined

const inDatabase = (name: string) => join(server.directory, name)
const lockText = (pid: number | string) =>
  `${pid}\n${server.directory}\n1764236000\n5432\n${server.directory}\n\n       1     1\nready   \n`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-locks-'))
  await chmod(folder, 0o755)
  server = await startEmbeddedPostgres(folder)
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  await client.query('create table kept as select 42 as answer')
  await client.end()
  await server.stop()
})
afterEach(async () => {
  await server.stop().catch(() => server.stop())
  bystander?.kill('SIGKILL')
  bystander = undefined
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Another process of the database's own user. */
async function innocent(name = 'sleep') {
  const user = process.getuid?.() === 0 ? await findDatabaseUser() : {}
  bystander = spawn('/bin/sleep', ['300'], { ...user, cwd: '/', argv0: name, stdio: 'ignore' })
  return bystander.pid!
}

async function startsWithItsData() {
  server = await startEmbeddedPostgres(folder)
  expect(server.wasAdopted).toBe(false)
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  const { rows } = await client.query('select answer from kept')
  await client.end()
  expect(rows).toEqual([{ answer: 42 }])
  if (bystander) expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
}

describe('F16: a start after a killed server', () => {
  it.each<[string, () => number | Promise<number>]>([
    ['a process of its own user', innocent],
    ['another PostgreSQL', () => innocent('postgres')],
    ['this process', () => process.pid],
    ['the first process', () => 1],
    ['no process', () => 3_999_999],
  ])('F16: passes over a process id that is now %s', async (_name, pidOf) => {
    const pid = await pidOf()
    await writeFile(inDatabase('postmaster.pid'), lockText(pid), { mode: 0o600 })
    await writeFile(inDatabase('.s.PGSQL.5432.lock'), lockText(pid), { mode: 0o600 })
    await writeFile(inDatabase('.s.PGSQL.5432'), '')
    await startsWithItsData()
  })

  it.each([
    ['empty', ''],
    ['words', 'not a number\n/data'],
  ])('F16: passes over a lock file that is %s', expectPassedOver)

  it.each([
    ['garbled', '\0\0\0'],
    ['zero', '0\n'],
    ['negative', '-1\n'],
    ['absurd', '99999999999999999999\n'],
  ])('F16: passes over a lock file that is %s', { tags: 'long' }, expectPassedOver)

  async function expectPassedOver(_name: string, text: string) {
    await writeFile(inDatabase('postmaster.pid'), text, { mode: 0o600 })
    await writeFile(inDatabase('.s.PGSQL.5432.lock'), text, { mode: 0o600 })
    await startsWithItsData()
  }

  it(
    'F16: names a server whose socket was removed, instead of starting a second one',
    { tags: 'long' },
    async () => {
      server = await startEmbeddedPostgres(folder)
      const [pid] = (await readFile(inDatabase('postmaster.pid'), 'utf8')).split('\n')
      await unlink(inDatabase('.s.PGSQL.5432'))
      await expect(startEmbeddedPostgres(folder)).rejects.toThrow(
        `PostgreSQL runs as process ${pid} on ${server.directory}, but its socket does not answer`,
      )
      process.kill(Number(pid), 'SIGINT')
      await startsWithItsData()
    },
  )

  it('F16: waits for one that is just ending, then starts', async () => {
    server = await startEmbeddedPostgres(folder)
    const [pid] = (await readFile(inDatabase('postmaster.pid'), 'utf8')).split('\n')
    process.kill(Number(pid), 'SIGINT')
    await startsWithItsData()
  })

  it(
    'F16: stopping ends no process that has the number of a server that is gone',
    { tags: 'long' },
    async () => {
      const pid = await innocent()
      await writeFile(inDatabase('postmaster.pid'), lockText(pid), { mode: 0o600 })
      await server.stop()
      expect(bystander!.signalCode).toBeNull()
      await startsWithItsData()
    },
  )
})
