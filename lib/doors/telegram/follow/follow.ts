import type { Caller } from '#lib/contract/people/caller'
import { type Locale, isLocale } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { findGeneration } from '../../../generations/queries.ts'
import type { GenerationRow } from '../../../generations/row.ts'
import { isFinalState } from '../../../generations/states.ts'
import { fileViewOf } from '../../../generations/view.ts'
import { log } from '../../../log.ts'
import { pace } from '../../../pace.ts'
import { processWide } from '../../../process-wide.ts'
import { tell } from '../chat/asked.ts'
import { messageNumber } from '../chat/questions.ts'
import type { TelegramBot } from '../bots.ts'
import { faultOf, told, unlessUnchanged } from '../faults.ts'
import { leased } from '../inbox.ts'
import { type TelegramLink, callerOfLink, findLink, markBlocked } from '../links.ts'
import { type TelegramVideo, atOnceAChat, noteVideo, takeDueVideos } from '../videos.ts'
import { type VideoMessage, captionOf, progressOf } from './progress.ts'
import { publicStudio, sendFinished } from './send-video.ts'

// Keeps the message of each video that was started in a chat as the video is: one edit every few seconds at most, and at
// the end the film itself. One process does this for all chats (`lead.ts`); what it has shown is in the rows.

const atOnce = 8
const longestPauseSeconds = 60
const givenUpAfterMs = 3 * 24 * 60 * 60 * 1000

/** Looks after the messages of a bot that are due, without waiting for them. */
export async function followDue(bot: TelegramBot) {
  const busy = processWide('telegram messages', () => new Map<string, string>())
  if (busy.size >= atOnce) return
  const chats = Map.groupBy(busy.values(), (chatId) => chatId)
  const full = [...chats].filter(([, open]) => open.length >= atOnceAChat).map(([chatId]) => chatId)
  for (const video of await takeDueVideos(bot.name, atOnce - busy.size, full)) {
    if (busy.has(video.id)) continue
    busy.set(video.id, video.chatId)
    const renew = (seconds: number) => noteVideo(video.id, { dueInSeconds: seconds })
    void leased(renew, () => follow(bot, video))
      .then((next) => noteVideo(video.id, next))
      .catch((error: unknown) => afterFault(bot, video, error))
      .catch((error: unknown) => log().warn(told(error), 'a Telegram message was not looked after'))
      .finally(() => busy.delete(video.id))
  }
}

type Next = Parameters<typeof noteVideo>[1]

const over: Next = { dueInSeconds: null, tries: 0 }

/** Shows a video as it is now; answers what is to be written down of it. */
async function follow(bot: TelegramBot, video: TelegramVideo): Promise<Next> {
  const link = await findLink(bot.name, video.chatId)
  // The chat is linked to another account by now, or to none: what it started is not shown there any more.
  if (!link || link.userId !== video.userId || link.blockedAt || !(await mayStillSee(video)))
    return over
  const row = video.generationId === null ? undefined : await findGeneration(video.generationId)
  const locale = localeOf(row, link)
  if (!row || row.deletedAt) {
    const text = sayIn(locale, message('telegram.deleted'))
    await show(bot, video, locale, { text, buttons: [] })
    return over
  }
  if (row.state === 'completed') return finish(bot, video, locale, row)
  const isNews = video.messageId === null || row.version !== video.shownVersion
  if (isNews) await show(bot, video, locale, progressOf(fileViewOf(row), locale, publicStudio()))
  const shown = { shownVersion: row.version, tries: 0 }
  return { ...shown, dueInSeconds: isFinalState(row.state) ? null : pace().telegramEditMs / 1000 }
}

/** That of the chat; a program that starts a video for it may say another. */
function localeOf(row: GenerationRow | undefined, link: Pick<TelegramLink, 'locale'>): Locale {
  const asked = row?.originPlace?.locale
  return isLocale(asked) ? asked : link.locale
}

async function mayStillSee({ userId, ownerId }: Pick<Caller, 'userId' | 'ownerId'>) {
  return 'caller' in (await callerOfLink({ userId, ownerId }))
}

/**
 * The film, then the end of its message. That it was sent is written down at once; a process that dies before that sends it
 * once more.
 */
async function finish(
  bot: TelegramBot,
  video: TelegramVideo,
  locale: Locale,
  row: GenerationRow,
): Promise<Next> {
  const { chatId, sentMessageId, source } = video
  const to = messageNumber(source)
  if (sentMessageId === null) {
    const sent = await sendFinished(row, { bot, chatId, locale, to })
    await noteVideo(video.id, { sentMessageId: sent })
  }
  if (video.messageId !== null) {
    const text = captionOf(fileViewOf(row), locale, 600)
    const ready = sayIn(locale, message('telegram.ready', { caption: text }))
    await show(bot, video, locale, { text: ready, buttons: [] })
  }
  return { ...over, shownVersion: row.version }
}

/** Changes the message of a video, or sends it where it is not there (any more). */
async function show(
  bot: TelegramBot,
  video: TelegramVideo,
  locale: Locale,
  { text, buttons }: VideoMessage,
) {
  const { chatId, messageId, source } = video
  if (messageId !== null)
    try {
      return await unlessUnchanged(() =>
        bot.api.editMessageText(chatId, messageId, text, {
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: buttons },
        }),
      )
    } catch (error) {
      if (faultOf(error)?.kind !== 'gone') throw error
    }
  const sent = await tell({ bot, chatId, locale }, text, { buttons, to: messageNumber(source) })
  await noteVideo(video.id, { messageId: sent.message_id })
}

/** 429 waits as long as it says; a chat that refuses the bot is told nothing more; anything else is tried again, slower. */
async function afterFault(bot: TelegramBot, video: TelegramVideo, error: unknown) {
  const fault = faultOf(error)
  if (fault?.kind === 'wait') return noteVideo(video.id, { dueInSeconds: fault.seconds })
  if (fault?.kind === 'blocked') {
    await markBlocked(bot.name, video.chatId, true)
    return noteVideo(video.id, over)
  }
  const isOld = Date.now() - video.createdAt.getTime() > givenUpAfterMs
  const isOver = fault?.kind === 'refused' || isOld
  log().warn({ ...told(error), fileId: video.generationId }, 'a Telegram message was not changed')
  const pause = Math.min(longestPauseSeconds, 2 ** video.tries)
  return noteVideo(video.id, { dueInSeconds: isOver ? null : pause })
}
