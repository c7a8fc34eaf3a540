import { Composer, Context } from 'grammy'
import { type Locale, isLocale, locales } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { AppError } from '../../../errors.ts'
import { cancelGeneration } from '../../../generations/commands/cancel.ts'
import { checkNow } from '../../../generations/commands/check-now.ts'
import { log } from '../../../log.ts'
import { type Asked, type AskedContext, answerButton, linkedAsked, tell } from './asked.ts'
import type { TelegramBot, Update } from '../bots.ts'
import {
  balance,
  help,
  howToLink,
  inGroup,
  language,
  pressLanguage,
  pressLink,
  pressSettings,
  settings,
  start,
  unlinkChat,
} from './commands.ts'
import { changeLink, findLink, markBlocked } from '../links.ts'
import { keepPicture, pictureOf } from './picture.ts'
import { askOrStart, makeAnother, openAsked, pressQuestion } from './questions.ts'
import { changeVideo, videoOfSource, wakeMessageOf, wordlessVideo } from '../videos.ts'

/** What a chat says, done and answered. Throws where it is to be tried again. */
export async function handleUpdate(bot: TelegramBot, update: Update) {
  const context = new Context(update, bot.api, await bot.me()) as AskedContext
  const chatId = String(context.chat?.id ?? context.from?.id)
  const link = await findLink(bot.name, chatId)
  context.asked = { bot, chatId, link, locale: link?.locale ?? localeOfUser(context) }
  try {
    await handlers.middleware()(context, async () => {})
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    log().info({ code: error.code, door: 'telegram' }, error.message)
    await refuse(context, error)
  }
}

/** Telegram's own language, until another is chosen. */
function localeOfUser({ from }: Context): Locale {
  const code = from?.language_code?.split('-')[0]
  return isLocale(code) ? code : locales[0]
}

/** Why something is not done, as the studio says it everywhere. */
async function refuse(context: AskedContext, error: AppError) {
  const { asked, callbackQuery, message: said } = context
  if (callbackQuery) await answerButton(context)
  await tell(asked, asked.link ? error.userMessage : howToLink(), { to: said?.message_id })
}

/** Says something to the chat of an update that is not looked at any further. */
export async function tellInstead(bot: TelegramBot, update: Update, name: 'slowDown' | 'gaveUp') {
  const context = new Context(update, bot.api, await bot.me())
  const chatId = String(context.chat?.id ?? context.from?.id)
  const locale = (await findLink(bot.name, chatId))?.locale ?? localeOfUser(context)
  await tell({ bot, chatId, locale }, message(`telegram.${name}`))
}

const handlers = new Composer<AskedContext>()

handlers.on('my_chat_member', async (context) => {
  const { bot, chatId } = context.asked
  const { status } = context.myChatMember.new_chat_member
  if (context.chat.type === 'private') return markBlocked(bot.name, chatId, status === 'kicked')
  if (status === 'member' || status === 'administrator') await inGroup(context.asked)
})

const groups = handlers.filter(({ chat }) => chat !== undefined && chat.type !== 'private')
groups.on('message:entities:bot_command', ({ asked }) => inGroup(asked))
groups.use(() => {})

const chats = handlers.filter(({ chat }) => chat === undefined || chat.type === 'private')

chats.use(async ({ asked, from }, next) => {
  const { link } = asked
  if (link?.blockedAt) await markBlocked(link.bot, link.telegramId, false)
  const username = from?.username ?? null
  if (link && link.username !== username) await changeLink(link, { username })
  await next()
})

chats.command('start', start)
chats.command('help', help)
chats.command('language', language)
chats.command('unlink', unlinkChat)
chats.command('balance', balance)
chats.command('settings', settings)

chats.callbackQuery(/^lang:(\w+)$/, (context) => pressLanguage(context, context.match[1]!))
chats.callbackQuery(/^link:([\w-]+)$/, (context) => pressLink(context, context.match[1]!))
chats.callbackQuery(/^set:([fm]):(.+)$/, (context) =>
  pressSettings(context, context.match[1]!, context.match[2]!),
)
chats.callbackQuery(/^v:(\w+):(\d+):(\w+)(?::(.+))?$/, (context) => {
  const [, id, revision, action, value = ''] = context.match
  return pressQuestion(context, [id!, Number(revision), action!, value])
})
chats.callbackQuery(/^g:(again|tall):(\w+)$/, (context) => {
  const [, name, fileId] = context.match
  const tall = { name: 'tall', aspectRatio: '9:16' } as const
  return makeAnother(context, fileId!, name === 'tall' ? tall : { name: 'again' })
})
chats.callbackQuery(/^g:stop:(\w+)$/, async (context) => {
  const { caller } = await linkedAsked(context.asked)
  await cancelGeneration(caller.ownerId, context.match[1]!)
  await wakeOf(context.asked, context.match[1]!)
  await answerButton(context, message('wait.canceling'))
})
chats.callbackQuery(/^g:check:(\w+)$/, async (context) => {
  const { caller } = await linkedAsked(context.asked)
  const row = await checkNow(caller.ownerId, context.match[1]!)
  await wakeOf(context.asked, context.match[1]!)
  const isSame = row?.state === 'submit_unknown'
  await answerButton(context, message(isSame ? 'card.outcome.checked' : 'telegram.checked'))
})
chats.on('callback_query', (context) => answerButton(context, message('telegram.questionOver')))

async function wakeOf({ bot, chatId }: Asked, fileId: string) {
  await wakeMessageOf(bot.name, chatId, fileId)
}

chats.on('message:text', async (context) => {
  const { text, message_id: messageId } = context.msg
  if (text.startsWith('/')) return help(context)
  const asked = await linkedAsked(context.asked)
  const { bot, chatId } = asked
  const source = `message:${messageId}`
  const place = { bot: bot.name, chatId, source }
  const known = await videoOfSource(place)
  const last = known ? undefined : await wordlessVideo(bot.name, chatId)
  const picture = last?.ownerId === asked.caller.ownerId ? last : undefined
  const worded = picture && (await changeVideo(picture.id, { prompt: text, source }))
  return askOrStart(asked, known ?? worded ?? (await openAsked(asked, { source, prompt: text })))
})

chats.on(['message:photo', 'message:document'], async (context) => {
  const fileId = pictureOf(context.msg)
  if (fileId === undefined) return tell(context.asked, message('telegram.sendWords'))
  // Of an album only the picture with the words counts.
  const { caption, media_group_id: album, message_id: messageId } = context.msg
  if (album !== undefined && caption === undefined) return undefined
  const asked = await linkedAsked(context.asked)
  const { bot, chatId, caller } = asked
  const source = `message:${messageId}`
  const known = await videoOfSource({ bot: bot.name, chatId, source })
  const video = known ?? (await openWithPicture(asked, { source, fileId, caption }))
  if (video.prompt === null)
    return tell(asked, message('telegram.wordsForPicture'), { to: messageId })
  return askOrStart(asked, video)

  async function openWithPicture(
    linked: typeof asked,
    given: { source: string; fileId: string; caption: string | undefined },
  ) {
    await bot.api.sendChatAction(chatId, 'typing').catch(() => {})
    const picture = await keepPicture(bot, given.fileId, caller.ownerId)
    const prompt = given.caption ?? null
    return openAsked(linked, { source: given.source, prompt, imageId: picture.id, picture })
  }
})

chats.on('message', ({ asked }: { asked: Asked }) =>
  tell(asked, asked.link ? message('telegram.sendWords') : howToLink()),
)
