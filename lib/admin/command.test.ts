import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useDatabase, closeDatabase } from '../db/client.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/embedded/embedded-postgres.ts'
import { migrate } from '../db/reach/migrate.ts'
import { forgetAllProcessWide } from '../process-wide.ts'
import { runCommand } from './command.ts'

const run = promisify(execFile)
let folder: string
let server: EmbeddedPostgres

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'photofinish-admin-'))
  server = await startEmbeddedPostgres(folder)
  useDatabase(server.connectionString)
  await migrate()
  await closeDatabase()
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

const settings = () => ({ DATA_DIR: folder, PUBLIC_URL: 'https://studio.example' })

/** In a process of its own, as the operator runs it. */
async function admin(...words: string[]) {
  const env = { ...process.env, ...settings(), LOG_LEVEL: 'silent' }
  const args = [join(import.meta.dirname, 'command.ts'), ...words]
  const { stdout } = await run(process.execPath, args, { env }).catch((error: unknown) => {
    throw new Error((error as { stderr: string }).stderr.trim(), { cause: error })
  })
  return stdout.trim().split('\n').at(-1)!
}

/** The same without a process, which takes longer to begin than all commands take. */
async function adminHere(...words: string[]) {
  Object.assign(process.env, settings())
  forgetAllProcessWide()
  let printed = ''
  const { signal } = new AbortController()
  await runCommand(words, { signal, print: (text) => (printed += text) })
  return printed.trim().split('\n').at(-1)!
}

async function people() {
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  const { rows } = await client.query('select email, role from "user" order by email')
  await client.end()
  return rows as unknown[]
}

test('the operator makes accounts and links beside a running server, which goes on', async () => {
  expect(await admin('setup-link')).toMatch(/^https:\/\/studio\.example\/setup\?token=[\w-]{43}$/)
  expect(await admin('create-user', 'Anna@Example.com')).toMatch(/\/reset\?token=[\w-]{43}$/)
  expect(await admin('create-user', 'boris@example.com', '--admin')).toMatch(/\/reset\?token=/)
  expect(await admin('reset-link', 'anna@example.com')).toMatch(/\/reset\?token=/)
  expect(await server.isAnswering()).toBe(true)
  expect(await people()).toEqual([
    { email: 'anna@example.com', role: 'user' },
    { email: 'boris@example.com', role: 'admin' },
  ])
})

test('the operator gives credits and checks the books', { tags: 'long' }, async () => {
  await adminHere('create-user', 'gina@example.com')
  expect(await adminHere('grant', 'gina@example.com', '20', '--note', 'welcome')).toBe(
    'gina@example.com: $20.00 available.',
  )
  expect(await adminHere('grant', 'gina@example.com', '-5')).toContain('$15.00')
  expect(await adminHere('ledger', 'check')).toBe(
    'ledger: 2 transfers, sum 0, 5 accounts, 0 mismatches',
  )
  await expect(adminHere('grant', 'gina@example.com')).rejects.toThrow(
    'grant <email or organization>',
  )
  await expect(adminHere('grant', 'no@example.com', '5')).rejects.toThrow('There is no user')
  await expect(adminHere('ledger')).rejects.toThrow('npm run admin -- ledger check')
})

test('what makes no sense is refused, and says what does', { tags: 'long' }, async () => {
  await expect(admin()).rejects.toThrow('npm run admin -- create-user <email> [--admin]')
  await expect(adminHere('create-user')).rejects.toThrow('create-user <email> [--admin]')
  await expect(adminHere('create-user', 'x@example.com', '--owner')).rejects.toThrow('[--admin]')
  await expect(adminHere('create-user', 'nonsense')).rejects.toThrow('Enter an email address')
  await adminHere('create-user', 'maria@example.com')
  await expect(adminHere('create-user', 'maria@example.com')).rejects.toThrow('There is an account')
  await expect(adminHere('reset-link', 'no@example.com')).rejects.toThrow('doesn’t exist')
  await expect(adminHere('setup')).rejects.toThrow('The commands are:')
})

test('the operator makes API keys, which are shown once', async () => {
  const wish = ['--name', 'Nightly', '--scopes', 'read,generate']
  const key = await admin('create-key', 'anna@example.com', ...wish, '--limit', '20', '--days', '9')
  expect(key).toMatch(/^pf_[0-9a-z]{40}$/)
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  const { rows } = await client.query(`
    select k.name, k.key, k.permissions, l.month_micros, k.expires_at > now() as "expires"
    from api_key k join spending_limit l on l.scope = 'key:' || k.id`)
  await client.end()
  expect(rows).toMatchObject([{ name: 'Nightly', month_micros: '20000000', expires: true }])
  expect(JSON.stringify(rows)).not.toContain(key)
})

test('a key that makes no sense is refused, and says why', { tags: 'long' }, async () => {
  await adminHere('create-user', 'nina@example.com')
  const nina = ['create-key', 'nina@example.com']
  await expect(adminHere(...nina)).rejects.toThrow('--scopes read,generate')
  await expect(adminHere(...nina, '--name', 'a', '--scope', 'read')).rejects.toThrow('--scopes')
  await expect(adminHere(...nina, '--name', 'a', '--scopes', 'all')).rejects.toThrow(
    'read, generate',
  )
  const wish = ['--name', 'a', '--scopes', 'read']
  await expect(adminHere(...nina, ...wish, '--limit', 'much')).rejects.toThrow('Enter dollars')
  await expect(adminHere(...nina, ...wish, '--days', '0')).rejects.toThrow('number of days')
  await expect(adminHere(...nina, '--name', 'a', '--scopes', 'admin')).rejects.toThrow(
    'scope admin',
  )
  await expect(adminHere('create-key', 'Unknown', ...wish)).rejects.toThrow('no organization')
})

test(
  'without a server the database is started for the command, and stopped again',
  { tags: 'long' },
  async () => {
    await server.stop()
    expect(await admin('setup-link')).toMatch(/\/setup\?token=/)
    expect(await server.isAnswering()).toBe(false)
    await server.start()
  },
)
