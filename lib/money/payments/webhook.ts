import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { type Sweep, everySoOften } from '../../sweeping.ts'
import { followsPayments, readPaymentWebhook } from './stripe.ts'
import { followHint, syncOpenTopUps } from './top-ups.ts'

/** Takes in a webhook of Stripe. Throws `not_found` where none is followed, `webhook_refused` for a forged one. */
export async function receivePaymentWebhook(body: Uint8Array, signature: string | null, now: Date) {
  if (!followsPayments())
    throw new AppError('not_found', { userMessage: message('errors.webhookNotFound') })
  await followHint(await readPaymentWebhook(body, signature, now), now)
}

const everyMs = 10 * 60 * 1000

/** Looks at open payments, where there are any, now and every ten minutes: their webhooks may have been lost. */
export function sweepTopUps(clock = () => new Date()): Sweep | undefined {
  if (!followsPayments()) return undefined
  const look = () => syncOpenTopUps(clock())
  return everySoOften(everyMs, 'open payments could not be looked at', look)
}
