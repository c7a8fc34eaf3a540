import {
  isTelegramAnswer,
  isTelegramLinkAnswer,
  type TelegramAnswer,
  type TelegramChatView,
  type TelegramLinkAnswer,
} from '#lib/contract/people/telegram'
import { act, ask } from './ask-people.ts'

const path = '/api/account/telegram'

export function readTelegram(): Promise<TelegramAnswer> {
  return ask('GET', path, isTelegramAnswer)
}

/** A link that works once, for some minutes. */
export function linkTelegram(): Promise<TelegramLinkAnswer> {
  return ask('POST', path, isTelegramLinkAnswer)
}

export async function unlinkTelegram({ bot, telegramId }: TelegramChatView) {
  await act('DELETE', path, { bot, telegramId })
}
