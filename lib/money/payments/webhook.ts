import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { followsPayments, readPaymentWebhook } from './stripe.ts'
import { followHint, syncOpenTopUps } from './top-ups.ts'

/** Takes in a webhook of Stripe. Throws `not_found` where none is followed, `webhook_refused` for a forged one. */
export async function receivePaymentWebhook(body: Uint8Array, signature: string | null, now: Date) {
  if (!followsPayments())
    throw new AppError('not_found', { userMessage: message('errors.webhookNotFound') })
  await followHint(await readPaymentWebhook(body, signature, now), now)
}

const everyMs = 10 * 60 * 1000

/** Looks at open payments now and every ten minutes, until stopped: their webhooks may have been lost. */
export function sweepTopUps(clock = () => new Date()): { stop(): void } {
  if (!followsPayments()) return { stop: () => {} }
  const sweep = () =>
    void syncOpenTopUps(clock()).catch((error: unknown) =>
      log().warn({ err: error }, 'open payments could not be looked at'),
    )
  sweep()
  const timer = setInterval(sweep, everyMs)
  return { stop: () => clearInterval(timer) }
}
