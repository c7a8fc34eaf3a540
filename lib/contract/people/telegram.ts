import { hasFields } from '../problem.ts'

/** A chat in Telegram that uses the account. */
export interface TelegramChatView {
  /** What the studio calls the bot, and Telegram. */
  bot: string
  botUsername: string
  telegramId: string
  /** The user's name at Telegram, with its `@`; null without one. */
  username: string | null
  /** Whose money and videos it uses. */
  account: string
  isBlocked: boolean
  linkedAt: string
}

/** `GET /api/account/telegram`. */
export interface TelegramAnswer {
  /** Whether the studio has a bot. */
  isOn: boolean
  chats: TelegramChatView[]
}

export function isTelegramAnswer(value: unknown): value is TelegramAnswer {
  return hasFields(value, { isOn: 'boolean', chats: 'object' })
}

/** `POST /api/account/telegram`: a link to each bot that links the chat it is opened in, once. */
export interface TelegramLinkAnswer {
  links: { bot: string; botUsername: string; url: string }[]
  minutes: number
}

export function isTelegramLinkAnswer(value: unknown): value is TelegramLinkAnswer {
  return hasFields(value, { links: 'object', minutes: 'number' })
}
