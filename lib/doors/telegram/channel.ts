import { type Sentence, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import type { Locale } from '#lib/messages/locales'
import { findGeneration } from '../../generations/queries.ts'
import type { TellOutcome, TellableNotice, Telling } from '../../notices/channel.ts'
import { telegramBots } from './bots.ts'
import { tell } from './chat/asked.ts'
import { faultOf } from './faults.ts'
import { publicStudio } from './follow/send-video.ts'
import { type TelegramLink, findLink, linksOf, markBlocked } from './links.ts'
import { tellVideo } from './videos.ts'

/**
 * Tells of videos in the chats of their user: the finished film itself, and where it came to none, why. What is told is
 * written down here and sent by the same loop that shows progress in chats (`follow.ts`): a film takes longer to upload than
 * a notice may take, and a video that was started in a chat has its message there already. **A crash between sending a
 * message and writing that down sends it twice**: Telegram takes no key by which it could tell.
 */
export const telegramChannel = {
  targetsOf,
  targetsOfUser: async (userId: string) => (await openLinksOf(userId)).map(targetOf),
  tell: (telling: Telling) => tellChat(telling).catch(outcomeOf(telling)),
}

/** A target is `<bot>:<chat>`. */
function targetOf({ bot, telegramId }: Pick<TelegramLink, 'bot' | 'telegramId'>) {
  return `${bot}:${telegramId}`
}

function placeOf(target: string) {
  const at = target.lastIndexOf(':')
  return { bot: target.slice(0, at), telegramId: target.slice(at + 1) }
}

/** The chat that it was started in or for; any other video is told in every chat of its user. */
async function targetsOf({ userId, fileId }: TellableNotice): Promise<string[]> {
  if (telegramBots().size === 0) return []
  const open = await openLinksOf(userId)
  const { bot, chatId, telegramId = chatId } = (await findGeneration(fileId))?.originPlace ?? {}
  const meant = bot !== undefined && telegramId !== undefined && targetOf({ bot, telegramId })
  return open.map(targetOf).filter((target) => !meant || target === meant)
}

async function openLinksOf(userId: string) {
  const links = await linksOf(userId)
  return links.filter(({ bot, blockedAt }) => telegramBots().has(bot) && blockedAt === null)
}

const sent: TellOutcome = { end: 'sent', answer: { status: 200, code: 'ok' } }
const gone: TellOutcome = { end: 'over', answer: { status: null, code: 'gone' } }

async function tellChat({ target, notices }: Telling): Promise<TellOutcome> {
  const place = placeOf(target)
  const bot = telegramBots().get(place.bot)
  const link = bot && (await findLink(bot.name, place.telegramId))
  if (!bot || !link || link.blockedAt) return gone
  const chat = { bot, chatId: place.telegramId, locale: link.locale }
  if (notices.length === 0) await tell(chat, message('telegram.test'))
  const isOfChat = await Promise.all(notices.map(({ fileId }) => isStartedIn(fileId, place)))
  const others = notices.filter((_, index) => !isOfChat[index])
  const isDigest = others.length > 1
  for (const one of isDigest ? notices.filter((_, index) => isOfChat[index]) : notices)
    await tellVideo({ bot: bot.name, chatId: place.telegramId, ...one })
  if (isDigest)
    await tell(
      { bot, chatId: place.telegramId, locale: link.locale },
      digestOf(others, link.locale),
    )
  return sent
}

async function isStartedIn(fileId: string, { bot, telegramId }: ReturnType<typeof placeOf>) {
  const place = (await findGeneration(fileId))?.originPlace
  return place?.bot === bot && (place.chatId ?? place.telegramId) === telegramId
}

function digestOf(notices: readonly TellableNotice[], locale: Locale) {
  const count = (kind: TellableNotice['kind']) => notices.filter((one) => one.kind === kind).length
  const told: Sentence = message('telegram.digest', {
    ready: count('video.completed'),
    failed: count('video.failed'),
    waiting: count('video.delayed') + count('video.decision'),
  })
  const studio = publicStudio()
  return [sayIn(locale, told), ...(studio ? [studio] : [])].join('\n')
}

function outcomeOf({ target }: Telling) {
  return async (error: unknown): Promise<TellOutcome> => {
    const fault = faultOf(error)
    if (!fault) throw error
    const { status, kind } = fault
    if (kind === 'wait')
      return { end: 'again', answer: { status, code: 'too_many' }, afterSeconds: fault.seconds }
    if (kind === 'unreachable') return { end: 'again', answer: { status, code: 'unreachable' } }
    if (kind !== 'blocked') return { end: 'over', answer: { status, code: 'refused' } }
    const { bot, telegramId } = placeOf(target)
    await markBlocked(bot, telegramId, true)
    return { end: 'over', answer: { status, code: 'gone' } }
  }
}
