import { hash, timingSafeEqual } from 'node:crypto'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { type Update, telegramBots, webhookSecret } from './bots.ts'
import { receiveUpdates } from './work.ts'

/**
 * Takes an update in that Telegram sends. Throws `not_found` for a bot that is not there, `webhook_refused` without its
 * secret, `invalid_input` for what is no update.
 */
export async function receiveTelegramWebhook(
  name: string,
  { secret, body }: { secret: string | null; body: Uint8Array },
) {
  const bot = telegramBots().get(name)
  if (!bot) throw new AppError('not_found', { userMessage: message('errors.webhookNotFound') })
  if (!isSame(secret ?? '', webhookSecret(bot)))
    throw new AppError('webhook_refused', { userMessage: message('errors.webhookRefused') })
  await receiveUpdates(bot, [updateOf(body)])
}

function isSame(given: string, right: string) {
  const digest = (text: string) => Buffer.from(hash('sha256', text, 'hex'))
  return timingSafeEqual(digest(given), digest(right))
}

function updateOf(body: Uint8Array): Update {
  try {
    const update = JSON.parse(Buffer.from(body).toString()) as Update | null
    if (typeof update?.update_id === 'number') return update
  } catch {
    // Said below.
  }
  throw new AppError('invalid_input', { userMessage: message('errors.invalidJson') })
}
