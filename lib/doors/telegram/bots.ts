import { createHmac } from 'node:crypto'
import { Api } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { env } from '../../env.ts'
import { processWide } from '../../process-wide.ts'
import { botTokens } from './bot-names.ts'

/** A bot of this studio. */
export interface TelegramBot {
  /** What the studio calls it: in webhooks' addresses and links. */
  name: string
  token: string
  api: Api
  /** Who it is at Telegram; asked once a process. */
  me(): Promise<UserFromGetMe>
}

export type { Update }

const usualMs = 20_000
const uploadMs = 5 * 60_000

/** The bots that the environment names, by name. */
export function telegramBots(): ReadonlyMap<string, TelegramBot> {
  return processWide('telegram bots', () => {
    const named = [...botTokens()]
    return new Map(named.map(([name, token]) => [name, telegramBot(name, token)]))
  })
}

function telegramBot(name: string, token: string): TelegramBot {
  const api = new Api(token, { apiRoot: env().TELEGRAM_API_URL })
  // No call waits for longer than it may take: not even where Telegram takes it and never answers.
  api.config.use((call, method, payload, signal) => {
    const limit = AbortSignal.timeout(method === 'sendVideo' ? uploadMs : usualMs)
    const bounded = signal ? AbortSignal.any([signal as AbortSignal, limit]) : limit
    return call(method, payload, bounded as typeof signal)
  })
  let known: Promise<UserFromGetMe> | undefined
  const me = () => {
    known ??= api.getMe().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return { name, token, api, me }
}

/** Where a bot's files are fetched from. Holds its token: for no log and no user. */
export function fileAddress({ token }: TelegramBot, path: string) {
  return `${env().TELEGRAM_API_URL}/file/bot${token}/${path}`
}

/** What proves that an update comes from Telegram. Made from the token, so every process has the same. */
export function webhookSecret({ token }: TelegramBot) {
  return createHmac('sha256', token).update('photofinish telegram webhook').digest('hex')
}

/**
 * Where Telegram sends updates; null where it cannot reach us, and we ask. It sends by https alone; the API of an
 * operator's own server, or an emulator, sends to any address.
 */
export function webhookAddress({ name }: TelegramBot): string | null {
  const { PUBLIC_URL, TELEGRAM_API_URL } = env()
  if (!PUBLIC_URL) return null
  const isTelegram = new URL(TELEGRAM_API_URL).hostname === 'api.telegram.org'
  if (isTelegram && !PUBLIC_URL.startsWith('https:')) return null
  return `${PUBLIC_URL}/api/telegram/${name}`
}

/** The address of a bot for people; with a code, one that starts it with that code. */
export function botLink({ username }: Pick<UserFromGetMe, 'username'>, code?: string) {
  return `https://t.me/${username}${code === undefined ? '' : `?start=${code}`}`
}
