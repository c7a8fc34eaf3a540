import { execFile, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, database, useDatabase } from '../db/client.ts'
import { restoringMark } from '../db/embedded/data-folder.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts'
import { generation } from '../db/generation-schema.ts'
import { migrate } from '../db/reach/migrate.ts'
import { removeUnlessBackedUp } from '../db/queries/removals.ts'
import { forgetAllProcessWide } from '../process-wide.ts'
import { duringBackup } from '../../tests/support/database/during-backup.ts'
import { aGenerationRow } from '../../tests/support/generations/generation-row.ts'
import { backUp } from './back-up.ts'
import { manifestName } from './manifest.ts'
import { restore } from './restore.ts'

// One installation, backed up while its database runs and restored again and again.

const run = promisify(execFile)
let folder: string
let server: EmbeddedPostgres
let count = 0
const lines: string[] = []
const data = () => join(folder, 'data')
const fresh = () => join(folder, `of-case-${(count += 1)}`)
const shared = () => ({
  databaseUrl: undefined,
  signal: new AbortController().signal,
  say: (line: string) => void lines.push(line),
})
const backup = (target: string, more = {}) =>
  backUp({ ...shared(), dataFolder: data(), target, ...more })
const restoreTo = (dataFolder: string, source: string) =>
  restore({ ...shared(), dataFolder, source })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-backup-'))
  await chmod(folder, 0o755)
  server = await startEmbeddedPostgres(data())
  useDatabase(server.connectionString)
  await migrate()
  await insert('queued', { state: 'queued' })
  await insert('free', { state: 'queued', ceilingMicros: 0, priceMicros: 0, quotedMicros: 0 })
  await insert('called off', { state: 'queued', cancelRequestedAt: new Date() })
  await insert('waiting', { state: 'waiting', operation: { job: 1 }, attemptKey: 'key_1' })
  await insert('done', { state: 'completed' })
  await closeDatabase()
  await mkdir(join(data(), 'media', 'file_1'), { recursive: true })
  await writeFile(join(data(), 'media', 'file_1', 'video.mp4'), Buffer.alloc(300_000, 'film'))
  await writeFile(join(data(), 'media', 'file_1', 'video.mp4.1.part'), 'half')
  await writeFile(join(data(), 'auth-secret'), 'the secret', { mode: 0o600 })
  await writeFile(join(data(), 'secret-of-tomorrow'), 'kept too')
  // F1: a copy next to the original must not share the name of its cookie.
  await writeFile(join(data(), 'installation-id'), '0123abcd')
  await mkdir(join(data(), 'renders', 'a'), { recursive: true })
})
beforeEach(() => forgetAllProcessWide())
afterAll(async () => {
  await server.stop().catch(() => server.stop())
  await rm(folder, { recursive: true, force: true })
})

async function insert(prompt: string, differences: Partial<typeof generation.$inferInsert>) {
  const { attempts: _, asset: __, queuePlace: ___, ...row } = aGenerationRow()
  const id = `file_${prompt.replace(/\W/g, '').padEnd(24, '0')}`
  const priced = { quotedMicros: 400_000, ceilingMicros: 400_000, priceMicros: 400_000 }
  await database()
    .insert(generation)
    .values({ ...row, ...priced, provider: 'kie', id, prompt, ...differences })
}

async function ask(address: string, text: string) {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

const digest = async (path: string) =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

describe('P9: a backup', () => {
  it('P9: of a running installation comes back: rows, bytes and secrets, for their owner alone', async () => {
    const [target, place] = [fresh(), fresh()]
    await backup(target)
    expect(lines.join('\n')).toMatch(
      /while it runs\n.*Database: \d+ MB\n.*Backed up \d+ files, \d+ MB, in/s,
    )
    await restoreTo(place, target)
    for (const name of ['auth-secret', 'secret-of-tomorrow', 'media/file_1/video.mp4'])
      expect(await digest(join(place, name)), name).toBe(await digest(join(data(), name)))
    expect((await readdir(place)).toSorted()).toEqual([
      'auth-secret',
      'media',
      'postgres',
      'secret-of-tomorrow',
    ])
    expect(await readdir(join(place, 'media', 'file_1'))).toEqual(['video.mp4'])
    for (const path of [target, join(place, 'media'), join(place, 'postgres')])
      expect((await stat(path)).mode & 0o777, path).toBe(0o700)
    for (const path of [join(target, manifestName), join(place, 'secret-of-tomorrow')])
      expect((await stat(path)).mode & 0o777, path).toBe(0o600)

    const restored = await startEmbeddedPostgres(place)
    const rows = await ask(
      restored.connectionString,
      `select g.prompt, g.state, a.outcome, a.cost_micros from generation g
       left join attempt a on a.generation_id = g.id order by g.prompt`,
    )
    await restored.stop()
    // Only what cannot have been paid for since goes on by itself.
    expect(rows.map(({ prompt, state, outcome }) => [prompt, state, outcome])).toEqual([
      ['called off', 'queued', null],
      ['done', 'completed', null],
      ['free', 'queued', null],
      ['queued', 'submit_unknown', 'unknown'],
      ['waiting', 'waiting', null],
    ])
    expect(lines.join('\n')).toContain('1 video was in the queue when the backup was made')
    // The original noticed nothing.
    expect(
      await ask(server.connectionString, `select 1 from generation where state = 'queued'`),
    ).toHaveLength(3)
  })

  it(
    'P9: of an installation that is stopped starts its database, and ends it again',
    { tags: 'long' },
    async () => {
      const target = fresh()
      await server.stop()
      await backup(target)
      expect(await server.isAnswering()).toBe(false)
      await server.start()
      await restoreTo((restored = await placeInHome()), target)
    },
  )

  it('P9: keeps removals waiting until it has the bytes', async () => {
    const target = fresh()
    useDatabase(server.connectionString)
    const seen: boolean[] = []
    const say = (line: string) => void (line.startsWith('Database:') && seen.push(true))
    const look = async () => {
      await backup(target, { say })
      return removeUnlessBackedUp(async () => {})
    }
    await duringBackup(async () =>
      expect(await removeUnlessBackedUp(async () => expect.unreachable())).toBe(false),
    )
    expect(await look()).toBe(true)
    expect(seen).toEqual([true])
    await closeDatabase()
  })

  it(
    'P9: that is stopped leaves nothing that could be taken for one',
    { tags: 'long' },
    async () => {
      const target = fresh()
      const stopped = new AbortController()
      const say = (line: string) => void (line.startsWith('Database:') && stopped.abort())
      await expect(backup(target, { signal: stopped.signal, say })).rejects.toThrow()
      expect(await readdir(target)).toEqual([])
      await expect(restoreTo(fresh(), target)).rejects.toThrow('holds no whole backup')
    },
  )

  it.each<[string, () => Promise<string>, RegExp]>([
    ['a folder that is not empty', async () => folder, /is not empty/],
    ['the data directory', async () => data(), /lies in DATA_DIR/],
    ['a folder in it', async () => join(data(), 'media', 'backup'), /lies in DATA_DIR/],
    ['a file', async () => join(data(), '..', 'data', '..', 'file'), /cannot be used/],
  ])('P9: into %s is refused', async (_name, place, words) => {
    await writeFile(join(folder, 'file'), '')
    await expect(backup(await place())).rejects.toThrow(words)
  })

  it('P9: into the data directory by way of a link is refused', async () => {
    const [link, disk] = [join(folder, 'link'), join(folder, 'disk')]
    await symlink(data(), link)
    await mkdir(join(disk, 'backups'), { recursive: true })
    await symlink(disk, join(data(), 'more'))
    try {
      for (const target of [
        join(link, 'new'),
        join(link, 'media', 'new', 'newer'),
        join(data(), '..backup'),
        join(disk, 'backups', 'new'),
      ]) {
        await expect(backup(target), target).rejects.toThrow('lies in DATA_DIR')
        await expect(backup(target, { dataFolder: link }), target).rejects.toThrow('lies in')
      }
    } finally {
      await rm(link)
      await rm(join(data(), 'more'))
    }
  })

  it.each<[string, string, RegExp]>([
    ['where no folder can be made', '/proc/photofinish/backup', /no folder can be made there/],
    ['below a file', '/proc/version/backup', /is a file\. Name a folder/],
    ['with a name too long', `/tmp/${'ä'.repeat(200)}`, /its name is too long/],
  ])('P9: %s says so in words', async (_name, target, words) => {
    await expect(backup(target)).rejects.toThrow(words)
  })

  it(
    'P9: follows links to folders, but in no circle, and leaves out what the file system keeps',
    { tags: 'long' },
    async () => {
      const [target, place, disk] = [fresh(), fresh(), join(folder, 'other-disk')]
      await mkdir(join(disk, 'file_2'), { recursive: true })
      await writeFile(join(disk, 'file_2', 'video.mp4'), 'on another disk')
      await symlink(join(disk, 'file_2'), join(data(), 'media', 'file_2'))
      await symlink(data(), join(data(), 'media', 'around'))
      await symlink(join(folder, 'nowhere'), join(data(), 'media', 'broken'))
      await mkdir(join(data(), 'lost+found', 'x'), { recursive: true })
      await writeFile(join(data(), 'lost+found', 'x', 'y'), '')
      try {
        await backup(target)
        await restoreTo(place, target)
        expect(await readFile(join(place, 'media', 'file_2', 'video.mp4'), 'utf8')).toBe(
          'on another disk',
        )
        expect((await readdir(join(place, 'media'))).toSorted()).toEqual(['file_1', 'file_2'])
        expect(await readdir(place)).not.toContain('lost+found')
      } finally {
        for (const name of ['file_2', 'around', 'broken']) await rm(join(data(), 'media', name))
        await rm(join(data(), 'lost+found'), { recursive: true })
      }
    },
  )

  it(
    'P9: whose database ends while the media are copied is none, since bytes may have gone',
    { tags: 'long' },
    async () => {
      const target = fresh()
      const script = `const { default: pg } = await import('pg')
      const client = new pg.Client({ connectionString: process.argv[1] })
      await client.connect()
      await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'photofinish backup'")
      await client.end()`
      const args = ['--input-type=module', '--eval', script, server.connectionString]
      const say = (line: string) =>
        void (line.startsWith('Database:') && execFileSync(process.execPath, args))
      await expect(backup(target, { say })).rejects.toThrow(
        'The database ended while it was backed',
      )
      expect(await readdir(target)).toEqual([])
    },
  )

  it('P9: to a disk that gets full says so, and leaves nothing there', async () => {
    const disk = fresh()
    await mkdir(disk)
    const mount = ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]
    // Only root may mount, and not in every container.
    if (!(await run('mount', mount).catch(() => undefined))) return
    try {
      await expect(backup(join(disk, 'backup'))).rejects.toThrow(/backup.*: the disk is full/)
      expect(await readdir(join(disk, 'backup'))).toEqual([])
    } finally {
      await run('umount', [disk])
    }
  })

  it(
    'P9: by root, of what another user runs, is made while it runs, as that user',
    { tags: 'long' },
    async () => {
      if (process.getuid?.() !== 0) return
      const [home, user] = [dirname(await aRestored()), { uid: 12_345, gid: 12_345 }]
      for (const path of [
        '',
        'data',
        ...(await readdir(join(home, 'data'), { recursive: true })).map((name) =>
          join('data', name),
        ),
      ])
        await chown(join(home, path), user.uid, user.gid)
      await chmod(home, 0o700)
      await backup(fresh(), { dataFolder: join(home, 'data') })
      expect((await stat(join(home, 'data', 'postgres', 'server.log'))).uid).toBe(user.uid)
      // A start as root makes no second one.
      await expect(startEmbeddedPostgres(join(home, 'data'))).rejects.toThrow(
        'belongs to user 12345',
      )
    },
  )

  it('P9: of nothing is refused, and makes no database', async () => {
    const empty = fresh()
    await expect(backup(fresh(), { dataFolder: empty })).rejects.toThrow('nothing to back up')
    await mkdir(empty)
    await expect(backup(fresh(), { dataFolder: empty })).rejects.toThrow('it holds no database')
    expect(await readdir(empty)).toEqual([])
  })
})

/** In a folder that other users may enter. */
async function placeInHome() {
  const home = fresh()
  await mkdir(home)
  return join(home, 'data')
}

let restored: string | undefined
/** A data directory that no other test looks into any more. */
async function aRestored() {
  if (!restored) await restoreTo((restored = await placeInHome()), await aBackup())
  return restored
}

let made: string | undefined
/** One for all who only read it. */
async function aBackup() {
  if (!made) await backup((made = fresh()))
  return made
}

describe('P9: a restore', () => {
  let whole: string
  let begun: string
  beforeAll(async () => {
    whole = await aBackup()
    begun = fresh()
  })
  const secret = () => join(whole, 'data', 'auth-secret')

  it(
    'P9: of a backup that lies where it would be restored to is refused, and the backup stays',
    { tags: 'long' },
    async () => {
      const place = fresh()
      await mkdir(join(place, 'kept'), { recursive: true })
      await cp(whole, join(place, 'kept', 'backup'), { recursive: true })
      await writeFile(join(place, restoringMark), 'from before\n')
      const link = fresh()
      await symlink(place, link)
      for (const source of [join(place, 'kept', 'backup'), join(link, 'kept', 'backup')])
        await expect(restoreTo(place, source)).rejects.toThrow('lies in DATA_DIR')
      expect(existsSync(join(place, 'kept', 'backup', manifestName))).toBe(true)
    },
  )

  it('P9: is not started while another one writes into the same folder', async () => {
    const place = fresh()
    await mkdir(place)
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', 'restore'])
    try {
      await writeFile(join(place, restoringMark), `process ${other.pid} from elsewhere\n`)
      await writeFile(join(place, 'copied'), 'by the other')
      await expect(restoreTo(place, whole)).rejects.toThrow(`under way (process ${other.pid})`)
      expect(await readdir(place)).toContain('copied')
    } finally {
      other.kill('SIGKILL')
    }
  })

  it(
    'P9: begins where the number of the other one is another program’s by now',
    { tags: 'long' },
    () => expectBegun(process.ppid),
  )

  it('P9: begins where the number of the other one is nothing’s by now', { tags: 'long' }, () =>
    expectBegun(2_147_483_646),
  )

  async function expectBegun(pid: number) {
    const place = fresh()
    await mkdir(place)
    await writeFile(join(place, restoringMark), `process ${pid} from elsewhere\n`)
    await writeFile(join(place, 'copied'), 'by the other')
    await restoreTo(place, whole)
    expect(await readdir(place)).not.toContain('copied')
  }

  it('P9: of what is being restored, no backup is made, with DATABASE_URL neither', async () => {
    const place = fresh()
    await mkdir(place)
    await writeFile(join(place, restoringMark), 'from before\n')
    for (const databaseUrl of [undefined, server.connectionString])
      await expect(backup(fresh(), { dataFolder: place, databaseUrl })).rejects.toThrow(
        'did not finish',
      )
  })

  it('P9: changes nothing of a data directory that is there', async () => {
    await expect(restoreTo(data(), whole)).rejects.toThrow('is not empty')
    const place = fresh()
    await mkdir(place)
    await writeFile(join(place, 'notes'), 'mine')
    await expect(restoreTo(place, whole)).rejects.toThrow('is not empty')
    expect(await readdir(place)).toEqual(['notes'])
  })

  type Harm = [string, (file: string) => Promise<unknown>, RegExp]
  const damaged = /is damaged: data\/auth-secret/
  const refused = async (...[, harm, words]: Harm) => {
    await harm(secret())
    await expect(restoreTo(begun, whole)).rejects.toThrow(words)
    await expect(startEmbeddedPostgres(begun)).rejects.toThrow('did not finish')
    await rm(`${secret()}.away`, { force: true })
    await writeFile(secret(), 'the secret')
  }
  it('P9: refuses a backup where a file was changed in; a start is kept away', () =>
    refused('', (file) => writeFile(file, 'other secret'), damaged))
  it.each<Harm>([
    ['was cut', (file) => writeFile(file, 'the'), damaged],
    ['is missing', (file) => rename(file, `${file}.away`), /not whole: data\/auth-secret/],
  ])('P9: refuses a backup where a file %s', { tags: 'long' }, refused)

  it('P9: begins again where it was refused before', { tags: 'long' }, async () => {
    await writeFile(secret(), 'other secret')
    await expect(restoreTo(begun, whole)).rejects.toThrow('is damaged')
    await writeFile(secret(), 'the secret')
    await restoreTo(begun, whole)
    expect(existsSync(join(begun, restoringMark))).toBe(false)
  })

  it.each([
    ['garbled', 'not json'],
    ['cut', '{"format":"photofinish-backup","formatVersion":1'],
    ['of another version', '{"format":"photofinish-backup","formatVersion":2}'],
    [
      'that leads outside',
      JSON.stringify({
        format: 'photofinish-backup',
        formatVersion: 1,
        madeBy: '0',
        madeAt: new Date().toISOString(),
        postgresVersion: '18.4',
        folders: [],
        files: [{ path: 'data/../../etc/x', bytes: 0, sha256: '0'.repeat(64) }],
      }),
    ],
  ])('P9: refuses a list that is %s', async (_name, text) => {
    const source = fresh()
    await mkdir(source)
    await writeFile(join(source, manifestName), text)
    const place = fresh()
    await expect(restoreTo(place, source)).rejects.toThrow(
      'no backup that this Photofinish can read',
    )
    expect(existsSync(place)).toBe(false)
  })

  it('P9: of the files alone wants the database that belongs to them', async () => {
    const target = fresh()
    await backup(target, { databaseUrl: server.connectionString })
    expect(await readdir(target)).toEqual([manifestName, 'data'])
    await expect(restoreTo(fresh(), target)).rejects.toThrow('Restore your dump with pg_restore')
    const other = { ...shared(), databaseUrl: server.connectionString, dataFolder: fresh() }
    await expect(restore({ ...other, source: whole })).rejects.toThrow('Unset DATABASE_URL')
  })
})
