import { env } from '../../env.ts'
import { log } from '../../log.ts'
import { processWide } from '../../process-wide.ts'
import type { TelegramBot, Update } from './bots.ts'
import { handleUpdate, tellInstead } from './chat/handle-update.ts'
import { type TelegramFault, faultOf, told } from './faults.ts'
import {
  type TakenUpdate,
  finishUpdate,
  keepUpdates,
  leased,
  postponeUpdate,
  takeUpdate,
  updatesInMinute,
} from './inbox.ts'
import { markBlocked } from './links.ts'

const atOnce = 8
const triesAtMost = 8
// An error of ours: the database is back by then, or it is in the code.
const ownTriesAtMost = 4
const longestPauseSeconds = 300

/** Takes updates in: once this resolves they are kept, and are done whatever breaks. */
export async function receiveUpdates(bot: TelegramBot, updates: readonly Update[]) {
  await keepUpdates(bot.name, updates)
  // Not waited for: Telegram is answered at once, and one chat does not hold up another.
  void workUpdates(bot).catch((error: unknown) =>
    log().warn({ err: error }, 'updates of Telegram wait for the next look'),
  )
}

/** Does what is due, several chats at once, until there is nothing. Any number of processes may. */
export async function workUpdates(bot: TelegramBot) {
  const workers = processWide('telegram workers', () => ({ count: 0 }))
  if (workers.count >= atOnce) return
  workers.count++
  try {
    for (let taken; (taken = await takeUpdate(bot.name));) await work(bot, taken)
  } finally {
    workers.count--
  }
}

async function work(bot: TelegramBot, taken: TakenUpdate) {
  const renew = (seconds: number) => postponeUpdate(bot.name, taken.updateId, seconds)
  try {
    await leased(renew, () => answer(bot, taken))
    await finishUpdate(bot.name, taken.updateId)
  } catch (error) {
    await afterFault(bot, taken, error)
  }
}

/** As many messages a minute as the studio's chat takes; the first one above is told so. */
async function answer(bot: TelegramBot, { updateId, chatId, body }: TakenUpdate) {
  const over = (await updatesInMinute(bot.name, chatId, updateId)) - env().CHAT_MESSAGES_A_MINUTE
  if (over > 1) return
  if (over === 1) await tellInstead(bot, body, 'slowDown')
  else await handleUpdate(bot, body)
}

/** What an update is done with after an error: tried again, or given up. */
async function afterFault(bot: TelegramBot, taken: TakenUpdate, error: unknown) {
  const { updateId, chatId, tries } = taken
  const fault = faultOf(error)
  if (fault?.kind === 'blocked') await markBlocked(bot.name, chatId, true)
  const isGivenUp = tries >= (fault ? triesAtMost : ownTriesAtMost)
  if (isOver(fault) || isGivenUp) {
    if (!fault) await tellInstead(bot, taken.body, 'gaveUp').catch(() => {})
    log().warn({ ...told(error), bot: bot.name }, 'an update of Telegram was given up')
    return finishUpdate(bot.name, updateId)
  }
  log().info({ ...told(error), bot: bot.name, tries }, 'an update of Telegram is tried again')
  const pause = fault?.kind === 'wait' ? fault.seconds : Math.min(longestPauseSeconds, 2 ** tries)
  return postponeUpdate(bot.name, updateId, pause)
}

function isOver(fault: TelegramFault | undefined) {
  return fault?.kind === 'blocked' || fault?.kind === 'refused' || fault?.kind === 'gone'
}
