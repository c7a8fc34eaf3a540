import type { Context } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import type { Caller } from '#lib/contract/people/caller'
import type { Locale } from '#lib/messages/locales'
import { type Sentence, message } from '#lib/messages/message'
import { sayIn } from '#lib/messages/translate'
import { AppError } from '../../../errors.ts'
import type { TelegramBot } from '../bots.ts'
import { faultOf } from '../faults.ts'
import { type TelegramLink, callerOfLink } from '../links.ts'

/** What is known of a chat before anything it says is looked at. */
export interface Asked {
  bot: TelegramBot
  chatId: string
  locale: Locale
  link: TelegramLink | undefined
}

export type AskedContext = Context & { asked: Asked }

/** Who asks through a linked chat. */
export interface LinkedAsked extends Asked {
  link: TelegramLink
  caller: Caller
  /** Of the account or organization. */
  name: string
}

export type Buttons = InlineKeyboardButton[][]

export interface ReplyOptions {
  buttons?: Buttons
  /** The message it answers. */
  to?: number | undefined
}

/** Says something in a chat, in its language. */
export async function tell(
  { bot, chatId, locale }: Pick<Asked, 'bot' | 'chatId' | 'locale'>,
  sentence: Sentence,
  { buttons, to }: ReplyOptions = {},
) {
  return bot.api.sendMessage(chatId, clipped(sayIn(locale, sentence), textMost), {
    link_preview_options: { is_disabled: true },
    ...(buttons && { reply_markup: { inline_keyboard: buttons } }),
    ...(to !== undefined && {
      reply_parameters: { message_id: to, allow_sending_without_reply: true },
    }),
  })
}

/** Telegram's limits, in UTF-16 units. */
export const textMost = 4096
export const captionMost = 1024
const toastMost = 200

/** A text of at most so many units, cut between characters. */
export function clipped(text: string, most: number) {
  if (text.length <= most) return text
  let cut = ''
  for (const character of text) {
    if (cut.length + character.length > most - 1) break
    cut += character
  }
  return `${cut.trimEnd()}…`
}

/** Ends the waiting of a button that was pressed. One that waits no more is no trouble. */
export async function answerButton(context: AskedContext, sentence?: Sentence) {
  const { locale } = context.asked
  try {
    await context.answerCallbackQuery(
      sentence ? { text: clipped(sayIn(locale, sentence), toastMost) } : {},
    )
  } catch (error) {
    const kind = faultOf(error)?.kind
    if (kind !== 'refused' && kind !== 'unreachable') throw error
  }
}

/** Who asks through a chat; a refusal in words where it is not linked, or its account may nothing here any more. */
export async function linkedAsked(asked: Asked): Promise<LinkedAsked> {
  const { link } = asked
  if (!link) throw new AppError('sign_in_required', { userMessage: message('telegram.linkFirst') })
  const found = await callerOfLink(link)
  if ('refused' in found)
    throw new AppError('forbidden', {
      userMessage: message(`telegram.refused.${found.refused}`),
    })
  return { ...asked, link, ...found }
}
