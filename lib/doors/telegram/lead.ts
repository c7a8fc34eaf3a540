import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { message } from '#lib/messages/message'
import { locales } from '#lib/messages/locales'
import { sayIn } from '#lib/messages/translate'
import { databaseAddress } from '../../db/client.ts'
import { log } from '../../log.ts'
import { pace } from '../../pace.ts'
import { type TelegramBot, telegramBots, webhookAddress, webhookSecret } from './bots.ts'
import { commandNames } from './chat/commands.ts'
import { faultOf, told } from './faults.ts'
import { followDue } from './follow/follow.ts'
import { forgetOldUpdates } from './inbox.ts'
import { receiveUpdates, workUpdates } from './work.ts'
import { dueAgain } from './videos.ts'

// Any fixed number: it only has to be the same in every process of an installation.
const leadLock = 7_072_047
const retryMs = 3_000
const endMs = 500
const pollSeconds = 15
const forgetMs = 60 * 60 * 1000
const longestPauseMs = 60_000
const loggedEach = 30

const wanted = ['message', 'callback_query', 'my_chat_member'] as const

/**
 * Runs the bots, in one process of the installation: it asks Telegram for updates, or names the address they are sent to,
 * and keeps the messages of videos as they are. Which process that is, a lock in the database decides; it ends with its
 * process, however that ends, and the next one goes on.
 */
export function leadBots(): { stop(): Promise<void> } {
  const ending = new AbortController()
  const running = leadAgainAndAgain(ending.signal)
  return {
    async stop() {
      ending.abort(new Error('the process ends'))
      // A call that is out may take longer: what it was for is done by the next process.
      await Promise.race([running, sleep(endMs)])
    },
  }
}

async function leadAgainAndAgain(signal: AbortSignal) {
  while (!signal.aborted) {
    const lock = await takeLead().catch(() => undefined)
    if (lock) {
      const lost = new AbortController()
      lock.once('end', () => lost.abort(new Error('the lock was lost')))
      await lead(AbortSignal.any([signal, lost.signal]))
      await lock.end().catch(() => {})
    }
    await pause(retryMs, signal)
  }
}

async function takeLead() {
  const client = new pg.Client({
    connectionString: databaseAddress(),
    application_name: 'photofinish telegram',
    keepAlive: true,
  })
  client.on('error', () => log().warn('the lock on the Telegram bots was lost'))
  await client.connect()
  const { rows } = await client.query<{ held: boolean }>(
    'select pg_try_advisory_lock($1) as held',
    [leadLock],
  )
  if (rows[0]?.held) return client
  await client.end()
  return undefined
}

async function lead(signal: AbortSignal) {
  const bots = [...telegramBots().values()]
  await Promise.all([
    ...bots.flatMap((bot) => [hear(bot, signal), lookAfter(bot, signal)]),
    forget(),
  ])

  async function forget() {
    while (!signal.aborted) {
      await forgetOldUpdates().catch(warn('old updates of Telegram were not forgotten'))
      await pause(forgetMs, signal)
    }
  }
}

/** What is due: updates whose process has died or that wait for another try, and the messages of videos. */
async function lookAfter(bot: TelegramBot, signal: AbortSignal) {
  // The process that led before is gone: what it was at is due now.
  await dueAgain(bot.name).catch(warn('messages in Telegram wait'))
  while (!signal.aborted) {
    void workUpdates(bot).catch(warn('updates of Telegram wait'))
    await followDue(bot).catch(warn('messages in Telegram wait'))
    await pause(pace().telegramLookMs, signal)
  }
}

/** By webhook where Telegram reaches us, else by asking. Where it does not take the address, by asking too. */
async function hear(bot: TelegramBot, signal: AbortSignal) {
  const address = webhookAddress(bot)
  const isTold = address !== null && (await untilDone(signal, () => nameWebhook(bot, address)))
  void untilDone(signal, () => nameCommands(bot))
  if (isTold) return
  await untilDone(signal, () => bot.api.deleteWebhook())
  await poll(bot, signal)
}

/** False where Telegram does not take it. */
async function nameWebhook(bot: TelegramBot, address: string) {
  try {
    await bot.api.setWebhook(address, {
      secret_token: webhookSecret(bot),
      allowed_updates: [...wanted],
      max_connections: 20,
    })
    return true
  } catch (error) {
    const kind = faultOf(error)?.kind
    if (kind !== 'refused') throw error
    log().warn(told(error), 'Telegram does not take PUBLIC_URL for its webhook: asking for updates')
    return false
  }
}

async function nameCommands({ api }: TelegramBot) {
  for (const locale of locales) {
    const commands = commandNames.map((command) => ({
      command,
      description: sayIn(locale, message(`telegram.command.${command}`)),
    }))
    await api.setMyCommands(commands, locale === locales[0] ? {} : { language_code: locale })
  }
  return true
}

async function poll(bot: TelegramBot, signal: AbortSignal) {
  let offset = 0
  let failures = 0
  while (!signal.aborted)
    try {
      const options = { offset, timeout: pollSeconds, allowed_updates: wanted }
      const updates = await bot.api.getUpdates(options, signal as never)
      // Kept first: with the next call they are confirmed, and Telegram forgets them.
      await receiveUpdates(bot, updates)
      for (const { update_id: id } of updates) offset = Math.max(offset, id + 1)
      failures = 0
    } catch (error) {
      if (signal.aborted) return
      failures = await afterFailure(error, failures, signal)
    }
}

/** Does something until it succeeds; answers what it answers. False where the process ends first. */
async function untilDone(signal: AbortSignal, work: () => Promise<boolean>) {
  for (let failures = 0; !signal.aborted;)
    try {
      return await work()
    } catch (error) {
      failures = await afterFailure(error, failures, signal)
    }
  return false
}

async function afterFailure(error: unknown, failures: number, signal: AbortSignal) {
  const fault = faultOf(error)
  // A token that is wrong, or another studio that asks with the same: it stays so for a while.
  const isRefused = fault?.kind === 'refused'
  if (failures % loggedEach === 0) log().warn(told(error), 'Telegram did not do what it was asked')
  const waitMs = fault?.kind === 'wait' ? fault.seconds * 1000 : 500 * 2 ** failures
  await pause(isRefused ? 10_000 : Math.min(longestPauseMs, waitMs), signal)
  return failures + 1
}

function warn(words: string) {
  return (error: unknown) => log().warn(told(error), words)
}

async function pause(ms: number, signal: AbortSignal) {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => {})
}
