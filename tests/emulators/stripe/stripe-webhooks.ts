import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

export interface StripeEvent {
  id: string
  object: string
  type: string
  data: { object: object }
}

/** How events reach their reader. By default once and at once. */
export interface Delivery {
  times?: number
  isLost?: boolean
  /** They are kept, to be sent later by hand. */
  kept?: StripeEvent[]
}

interface Endpoint {
  webhookUrl?: string | undefined
  webhookSecret: string
}

const triesAtMost = 5

/** Sends an event as Stripe does: signed, and again after an answer that is no success. */
export async function deliver(event: StripeEvent, endpoint: Endpoint, delivery: Delivery = {}) {
  const { times = 1, isLost, kept } = delivery
  if (kept) kept.push(event)
  if (isLost || kept || !endpoint.webhookUrl) return
  await Promise.all(Array.from({ length: times }, () => send(event, endpoint)))
}

async function send(event: StripeEvent, { webhookUrl, webhookSecret }: Endpoint) {
  const body = JSON.stringify(event)
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signed(body, webhookSecret),
    }
    const answer = await fetch(webhookUrl!, { method: 'POST', body, headers }).catch(() => null)
    if (answer?.ok) return
    await sleep(500 * 2 ** tries)
  }
}

/** The header that says who sent a body, and when: `t=...,v1=...`. */
export function signed(body: string, secret: string, at = new Date()) {
  const seconds = Math.floor(at.getTime() / 1000)
  const proof = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${proof}`
}
