import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { user } from '#lib/db/auth-schema'
import { database, databaseAddress, inTransaction } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { makeCode } from '#lib/doors/telegram/link-by-code'
import { createAccount } from '#lib/people/accounts/create-account'
import { startKieEmulator } from '../../emulators/kie/kie-emulator.ts'
import type { ChatMessage } from '../../emulators/telegram/telegram-books.ts'
import { startTelegramEmulator } from '../../emulators/telegram/telegram-emulator.ts'
import type { TelegramUser } from '../../emulators/telegram/telegram-user.ts'
import { waitUntil } from '../wait-until.ts'

const root = join(import.meta.dirname, '../../..')
const token = '4242:emulated-bot'
const quick = {
  sweepMs: 500,
  leaseMs: 2_000,
  telegramLookMs: 100,
  telegramEditMs: 150,
  noticeSweepMs: 200,
  noticeGraceMs: 200,
}
const kieKeys = { apiKey: 'kie-key', webhookHmacKey: 'kie-hmac' }

/**
 * Telegram and a provider on this machine, and the product's worker in a process of its own on the test file's database,
 * that may be killed at any time. Between start and end the variables of this process are those of the worker.
 */
export async function startTelegramStage(variables: Record<string, string> = {}) {
  const telegram = await startTelegramEmulator({ bots: { studio_bot: token } })
  const kie = await startKieEmulator({ ...kieKeys, credits: 1_000_000 })
  const folder = await mkdtemp(join(tmpdir(), 'photofinish-telegram-'))
  const set: Record<string, string> = {
    ACCESS: 'members',
    DATA_DIR: folder,
    TELEGRAM_BOT_TOKEN: token,
    TELEGRAM_API_URL: telegram.url,
    KIE_API_KEY: kieKeys.apiKey,
    KIE_WEBHOOK_HMAC_KEY: kieKeys.webhookHmacKey,
    KIE_BASE_URL: kie.url,
    KIE_UPLOAD_URL: kie.url,
    PHOTOFINISH_PACE: JSON.stringify(quick),
    ...variables,
  }
  const workers = new Set<ChildProcess>()

  /** Starts a worker; resolves once it works. */
  async function startWorker() {
    const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, NODE_OPTIONS } = process.env
    const kept = { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, NODE_OPTIONS, NODE_ENV: 'test' as const }
    const env = { ...kept, LOG_LEVEL: 'info', DATABASE_URL: databaseAddress(), ...set }
    const child = spawn(process.execPath, ['server.ts', '--worker-only'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    workers.add(child)
    const worker = { child, output: '', kill: () => kill(child) }
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => void (worker.output += chunk))
    const isUp = () => worker.output.includes('Access:') || child.exitCode !== null
    await waitUntil(isUp)
    if (child.exitCode !== null) throw new Error(`the worker ended:\n${worker.output}`)
    return worker
  }

  async function kill(child: ChildProcess, name: NodeJS.Signals = 'SIGKILL') {
    workers.delete(child)
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(name)
    await gone
  }

  return {
    telegram,
    kie,
    variables: set,
    startWorker,
    async close() {
      await Promise.all([...workers].map((child) => kill(child)))
      await Promise.all([telegram.close(), kie.close()])
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

let accounts = 0

/** An account, and a code that links a chat to it. */
export async function anAccount(name = `Ada ${++accounts}`) {
  const email = `telegram-${++accounts}-${Date.now()}@example.com`
  const named = { name, email, passwordHash: null }
  const userId = await inTransaction((tx) => createAccount(tx, named, 'user'))
  const { code } = await makeCode({ userId, ownerId: userId })
  return { userId, code }
}

/** Has a chat linked to a new account, and waits until the bot has said so. */
export async function linkNew(person: TelegramUser) {
  const account = await anAccount()
  const [{ name } = { name: '' }] = await database()
    .select({ name: user.name })
    .from(user)
    .where(eq(user.id, account.userId))
  person.say(`/start ${account.code}`)
  await answered(person, name)
  return account
}

/** The newest message of the bot that holds a text, or fits a pattern; waits for it. */
export function answered(person: TelegramUser, text: string | RegExp): Promise<ChatMessage> {
  const fits = (message: ChatMessage) =>
    typeof text === 'string' ? message.text.includes(text) : text.test(message.text)
  return inChat(person, String(text), () =>
    person.chat.messages.findLast((message) => message.from === 'bot' && fits(message)),
  )
}

/** The films that a chat has got; waits until there are so many. */
export function films(person: TelegramUser, count: number): Promise<ChatMessage[]> {
  const found = () => person.chat.messages.filter(({ video }) => video !== null)
  return inChat(person, `${count} films`, () => (found().length >= count ? found() : undefined))
}

/** Waits for something in a chat; what never comes is told with what did. */
async function inChat<T>({ chat }: TelegramUser, wanted: string, look: () => T | undefined) {
  try {
    const found = await waitUntil(look)
    return found as T
  } catch (cause) {
    const said = chat.messages.map(({ from, texts }) => `${from}: ${texts.join(' => ')}`)
    throw new Error(`waited for ${wanted} in:\n${said.join('\n')}`, { cause })
  }
}

export async function generationsOf(ownerId: string) {
  return database().select().from(generation).where(eq(generation.ownerId, ownerId))
}

/** A tall red picture. */
export function aPicture() {
  const canvas = new Canvas(90, 160)
  const context = canvas.getContext('2d')
  context.fillStyle = '#f00'
  context.fillRect(0, 0, 90, 160)
  return canvas.encode('png')
}
