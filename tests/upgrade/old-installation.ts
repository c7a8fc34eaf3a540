import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { ChatView } from '#lib/contract/chat'
import type { FileView } from '#lib/contract/file-view'
import { addressOn, runOn } from '../support/database/database-template.ts'

type Row = Record<string, unknown>

/** What a file of the old version was, as far as the tests speak of its columns. */
export interface OldFile {
  id: string
  user_id: string
  state: FileView['state']
  provider: string
  token?: string
  operation?: unknown
  sha256?: string
  deleted_at?: string
}

/** Everything an installation of commit 5c66fb3 held, and what it showed. A null is left away. */
export interface OldInstallation {
  madeAt: string
  /** The situation each file is in, by its id. */
  names: Record<string, string>
  owners: Record<'ann' | 'bob' | 'cy', string>
  /** The browser cookie of each owner. */
  cookies: Record<string, string>
  images: Record<'used' | 'unused' | 'chat', string>
  data: { file: OldFile[] } & Record<string, Row[]>
  views: Record<string, FileView>
  /** The pages of each owner's history, five files each. */
  history: Record<string, string[][]>
  chats: Record<string, ChatView>
  /** The counters of its metrics. */
  totals: {
    outcomes: { provider: string; outcome: string; attempts: number }[]
    providers: {
      provider: string
      completed: number
      seconds: number
      spentUsd: number
      fellBack: number
    }[]
    savedUsd: number
  }
}

const fixtures = join(import.meta.dirname, 'fixtures')

/** Its secret: it signed the cookies. */
export const oldSecret = 'a secret of the fixture, and of nothing else'

/** A finished video of it, 64x64 and one second long. */
export function filmOf({ data }: OldInstallation) {
  const file = data.file.find(({ sha256, provider }) => sha256 && provider === 'kie')!
  return join(fixtures, 'media', file.sha256!.slice(0, 12), 'video.mp4')
}

/** Reads it, with the links to its providers leading to `mediaUrl` and its own paths into `dataFolder`. */
export function readOldInstallation(mediaUrl: string, dataFolder: string): OldInstallation {
  const text = readFileSync(join(fixtures, 'data-5c66fb3.json'), 'utf8')
    .replaceAll('http://emulator.test', mediaUrl)
    .replaceAll('"/data/', `"${dataFolder}/`)
  return JSON.parse(text) as OldInstallation
}

/** Lays its bytes where they lay. */
export function layBytes(old: OldInstallation, dataFolder: string) {
  const lay = (from: string, id: string) =>
    cpSync(join(fixtures, 'media', from), join(dataFolder, 'media', id), { recursive: true })
  for (const { id, sha256 } of old.data.file) if (sha256) lay(sha256.slice(0, 12), id)
  for (const id of Object.values(old.images)) lay(id, id)
  for (const { output } of old.data.file as { output?: { path?: string } }[]) {
    if (!output?.path) continue
    mkdirSync(dirname(output.path), { recursive: true })
    cpSync(filmOf(old), output.path)
  }
}

/** The address of a new, empty database on a server. */
export async function newDatabase(serverAddress: string, options = '') {
  const name = `upgrade_${randomBytes(6).toString('hex')}`
  await runOn(serverAddress, `create database ${name}`)
  const address = addressOn(serverAddress, name)
  return options ? `${address}&options=${encodeURIComponent(options)}` : address
}

/** Runs work on a connection of its own. */
export async function connected<T>(address: string, work: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({ connectionString: address })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Brings an empty database to the last schema of the old version: migrations 0000 to 0006, on record as usual. */
export async function migrateToOld(address: string) {
  const folder = mkdtempSync(join(tmpdir(), 'old-migrations-'))
  try {
    cpSync('lib/db/migrations', folder, { recursive: true })
    const path = join(folder, 'meta/_journal.json')
    const journal = JSON.parse(readFileSync(path, 'utf8')) as { entries: { idx: number }[] }
    const entries = journal.entries.filter(({ idx }) => idx <= 6)
    writeFileSync(path, JSON.stringify({ ...journal, entries }))
    await connected(address, (client) =>
      runMigrations(drizzle(client), { migrationsFolder: folder }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// A row after those it refers to.
const tables =
  `user session account file file_event attempt idempotency_key webhook_delivery provider_pause image
  chat chat_message chat_video chat_turn`.split(/\s+/)

/** Fills a database of the old schema with its rows, and lets its sessions last until tomorrow. */
export async function loadRows(address: string, { data }: OldInstallation) {
  await connected(address, async (client) => {
    // Its events are among the rows.
    await client.query('alter table file disable trigger user')
    for (const table of tables)
      await client.query(
        `insert into "${table}" select * from jsonb_populate_recordset(null::"${table}", $1)`,
        [JSON.stringify(data[table])],
      )
    await client.query('alter table file enable trigger user')
    await client.query(`update session set expires_at = now() + interval '1 day'`)
  })
}
