import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../tests/support/free-port.ts'
import { aGenerationRow } from '../../tests/support/generations/generation-row.ts'
import { closeDatabase, database, useDatabase } from '../db/client.ts'
import { findDatabaseUser } from '../db/embedded/database-user.ts'
import { generation } from '../db/generation-schema.ts'
import { migrate } from '../db/reach/migrate.ts'
import { reachDatabase } from '../db/reach/reach-database.ts'
import { forgetAllProcessWide } from '../process-wide.ts'
import { backUp } from './back-up.ts'
import { restore } from './restore.ts'

// The drill of docs/operators.md for a database of the operator's own: with the system's PostgreSQL, where there is one.

const run = promisify(execFile)
const debian = '/usr/lib/postgresql'
const bin = existsSync(debian)
  ? readdirSync(debian)
      .map((version) => join(debian, version, 'bin'))
      .find((folder) =>
        ['initdb', 'pg_dump', 'pg_restore'].every((one) => existsSync(join(folder, one))),
      )
  : undefined
const password = 'p#/?@:%"\' w'

let folder: string
let port: number
let server: ReturnType<typeof spawn>
const tool = (name: string, ...args: string[]) => run(join(bin!, name), args)
const addressOf = (name: string) =>
  `postgres://anna:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`
const options = () => ({
  signal: new AbortController().signal,
  say: () => {},
})

describe.skipIf(!bin)('P9: a database at DATABASE_URL', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'photofinish-pg-dump-'))
    await chmod(folder, 0o755)
    port = await freePort()
    const cluster = join(folder, 'cluster')
    const owner = process.getuid?.() === 0 ? await findDatabaseUser() : undefined
    await mkdir(cluster, { mode: 0o700 })
    await writeFile(join(folder, 'password'), password, { mode: 0o644 })
    if (owner) await chown(cluster, owner.uid, owner.gid)
    const as = { ...owner, cwd: cluster }
    const pwfile = join(folder, 'password')
    await run(
      join(bin!, 'initdb'),
      ['-D', cluster, '-E', 'UTF8', '-U', 'anna', '-A', 'scram-sha-256', `--pwfile=${pwfile}`],
      as,
    )
    const settings = ['-c', 'listen_addresses=127.0.0.1', '-p', String(port), '-k', cluster]
    server = spawn(join(bin!, 'postgres'), ['-D', cluster, '-c', 'fsync=off', ...settings], {
      ...as,
      stdio: 'ignore',
    })
    await vi.waitFor(() => reachDatabase(addressOf('postgres')), { timeout: 60_000, interval: 200 })
    for (const name of ['studio', 'copy', 'empty']) await ask('postgres', `create database ${name}`)
    await mkdir(join(folder, 'data', 'media', 'file_1'), { recursive: true })
    await writeFile(join(folder, 'data', 'media', 'file_1', 'video.mp4'), 'film')
    await writeFile(join(folder, 'data', 'auth-secret'), 'the secret')
  })
  beforeEach(() => forgetAllProcessWide())
  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGQUIT')
    await ended
    await rm(folder, { recursive: true, force: true })
  })

  it('P9: comes back from its dump and the backup of the files, with a password of any characters', async () => {
    useDatabase(addressOf('studio'))
    await migrate()
    await insert('queued', 'queued')
    await insert('waiting', 'waiting')
    await insert('done', 'completed')
    await closeDatabase()

    const [dump, target, place] = ['studio.dump', 'backup', 'restored'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    await tool('pg_dump', '-Fc', addressOf('studio'), '-f', dump)
    await backUp({
      ...options(),
      dataFolder: join(folder, 'data'),
      databaseUrl: addressOf('studio'),
      target,
    })
    await ask('postgres', 'drop database studio')

    const again = {
      ...options(),
      dataFolder: place,
      databaseUrl: addressOf('copy'),
      source: target,
    }
    // Before the dump is there, an empty studio is not taken for it.
    await expect(restore(again)).rejects.toThrow('holds no Photofinish. Restore your dump')
    expect(await ask('copy', `select 1 from pg_tables where schemaname = 'public'`)).toEqual([])
    await tool('pg_restore', '-d', addressOf('copy'), dump)
    const served = new pg.Client({
      connectionString: addressOf('copy'),
      application_name: 'photofinish',
    })
    await served.connect()
    await expect(restore(again)).rejects.toThrow('A Photofinish is running on DATABASE_URL')
    await served.end()
    forgetAllProcessWide()
    await restore(again)

    const rows = await ask('copy', 'select prompt, state from generation order by prompt')
    expect(rows).toEqual([
      { prompt: 'done', state: 'completed' },
      { prompt: 'queued', state: 'submit_unknown' },
      { prompt: 'waiting', state: 'waiting' },
    ])
    expect(await readFile(join(place, 'media', 'file_1', 'video.mp4'), 'utf8')).toBe('film')
    expect(await readFile(join(place, 'auth-secret'), 'utf8')).toBe('the secret')
  })

  it.each([
    [
      'a wrong password',
      () => addressOf('empty').replace('anna:p', 'anna:q'),
      /refuses the user or the password/,
    ],
    ['a name that is none', () => addressOf('nowhere'), /no database of that name/],
    ['no password', () => addressOf('empty').replace(/:p[^@]*@/, '@'), /asks for a password/],
  ])(
    'P9: with %s is told of in words, at a backup and at a restore',
    async (_name, address, words) => {
      const shared = { ...options(), databaseUrl: address() }
      const refused = backUp({
        ...shared,
        dataFolder: join(folder, 'data'),
        target: join(folder, 'x'),
      })
      await expect(refused).rejects.toThrow(words)
      const source = join(folder, 'backup')
      await expect(restore({ ...shared, dataFolder: join(folder, 'y'), source })).rejects.toThrow(
        words,
      )
    },
  )
})

async function ask(name: string, text: string) {
  const client = new pg.Client({ connectionString: addressOf(name) })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

async function insert(prompt: string, state: 'queued' | 'waiting' | 'completed') {
  const { attempts: _, asset: __, queuePlace: ___, ...row } = aGenerationRow()
  const priced = { quotedMicros: 400_000, ceilingMicros: 400_000, priceMicros: 400_000 }
  const more = state === 'waiting' ? { operation: { job: 1 }, attemptKey: 'key_1' } : {}
  const id = `file_${prompt.padEnd(24, '0')}`
  await database()
    .insert(generation)
    .values({ ...row, ...priced, provider: 'kie', id, prompt, state, ...more })
}
