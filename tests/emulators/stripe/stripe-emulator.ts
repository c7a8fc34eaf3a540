import { randomBytes } from 'node:crypto'
import { type Answer, type Emulator, type EmulatorRequest, startEmulator } from '../emulator.ts'
import { payPage } from './pay-page.ts'
import { type Delivery, type StripeEvent, deliver } from './stripe-webhooks.ts'

/** A checkout as Stripe keeps it. */
export interface StripeCheckout {
  id: string
  status: 'open' | 'complete' | 'expired'
  paymentStatus: 'unpaid' | 'paid'
  cents: number
  currency: string
  successUrl: string
  intent: string
  intentStatus: 'requires_payment_method' | 'processing' | 'succeeded'
  refundedCents: number
  isDisputed: boolean
  /** What its maker has written down with it. */
  metadata: Record<string, string>
  created: number
  email: string
  cancelUrl: string
}

export interface StripeSettings {
  secretKey: string
  webhookSecret: string
  /** Where events go; they are sent nowhere until it is known. */
  webhookUrl?: string | undefined
  port?: number | undefined
}

export interface StripeEmulator extends Emulator {
  checkouts: StripeCheckout[]
  settings: StripeSettings
  /** How the next events are delivered. */
  delivery: Delivery
  /** Every event, in the order they happened. */
  events: StripeEvent[]
  /** The payer pays: at once, or by a bank that takes its time. */
  pay(id: string, how?: 'card' | 'bank'): Promise<void>
  /** The bank has decided. */
  decide(id: string, isPaid: boolean): Promise<void>
  expire(id: string): Promise<void>
  refund(id: string, cents: number): Promise<void>
  dispute(id: string): Promise<void>
  /** While it is set, every call of the API is answered with an error. */
  isDown: boolean
  /** What an answer about a checkout waits for on its way: it is then as old as that. */
  underWay?: (() => Promise<void>) | undefined
}

/** Stripe's Checkout on this machine: sessions, a page to pay at, refunds and signed webhooks. */
export async function startStripeEmulator(settings: StripeSettings): Promise<StripeEmulator> {
  const keys = new Map<string, StripeCheckout>()
  const bodies = new Map<string, string>()
  const checkouts: StripeCheckout[] = []
  const bare = await startEmulator('stripe', () => (request) => route(request), settings)
  const meant = (id: string) => {
    const found = checkouts.find((one) => one.id === id)
    if (!found) throw new Error(`no checkout ${id}`)
    return found
  }
  const emulator: StripeEmulator = Object.assign(bare, {
    checkouts,
    settings,
    delivery: {},
    events: [] as StripeEvent[],
    isDown: false,
    async pay(id: string, how: 'card' | 'bank' = 'card') {
      const paid = how === 'card'
      Object.assign(meant(id), {
        status: 'complete',
        paymentStatus: paid ? 'paid' : 'unpaid',
        intentStatus: paid ? 'succeeded' : 'processing',
      })
      await tell('checkout.session.completed', sessionJson(meant(id)))
    },
    async decide(id: string, isPaid: boolean) {
      const paid = { paymentStatus: 'paid', intentStatus: 'succeeded' }
      Object.assign(meant(id), isPaid ? paid : { intentStatus: 'requires_payment_method' })
      const kind = isPaid ? 'succeeded' : 'failed'
      await tell(`checkout.session.async_payment_${kind}`, sessionJson(meant(id)))
    },
    async expire(id: string) {
      meant(id).status = 'expired'
      await tell('checkout.session.expired', sessionJson(meant(id)))
    },
    async refund(id: string, cents: number) {
      meant(id).refundedCents += cents
      await tell(cents > 0 ? 'charge.refunded' : 'refund.failed', chargeJson(meant(id)))
    },
    async dispute(id: string) {
      meant(id).isDisputed = true
      const { intent } = meant(id)
      await tell('charge.dispute.created', { object: 'dispute', payment_intent: intent })
    },
  })

  async function tell(type: string, object: object) {
    const event = { id: `evt_${token()}`, object: 'event', type, data: { object } }
    emulator.events.push(event)
    await deliver(event, emulator.settings, emulator.delivery)
  }

  async function route(request: EmulatorRequest): Promise<Answer | undefined> {
    const { method, url, headers } = request
    const [, first, ...rest] = url.pathname.split('/')
    if (first === 'pay') return payRoute(request, rest[0] ?? '')
    if (first !== 'v1') return undefined
    if (emulator.isDown) return { status: 503, json: fault('api_error', 'Down.') }
    if (headers.authorization !== `Bearer ${settings.secretKey}`)
      return { status: 401, json: fault('invalid_request_error', 'Invalid API Key provided.') }
    const path = `${method} ${rest.slice(0, 2).join('/')}`
    const id = rest[2]
    if (path === 'POST checkout/sessions' && !id) return createSession(request)
    if (path === 'GET checkout/sessions' && id) return readSession(id)
    if (path === 'GET checkout/sessions') return listSessions(url)
    return { status: 404, json: fault('invalid_request_error', 'Unrecognized request URL') }
  }

  function createSession({ raw, headers }: EmulatorRequest): Answer {
    const form = new URLSearchParams(raw.toString())
    const key = String(headers['idempotency-key'] ?? token())
    const price = 'line_items[0][price_data]'
    const cents = Number(form.get(`${price}[unit_amount]`))
    if (form.get('mode') !== 'payment' || !Number.isInteger(cents) || cents < 50)
      return { status: 400, json: fault('invalid_request_error', 'Amount too small.') }
    if (bodies.has(key) && bodies.get(key) !== String(form))
      return { status: 400, json: fault('idempotency_error', 'Keys are for the same parameters.') }
    bodies.set(key, String(form))
    const made = keys.get(key) ?? {
      id: `cs_test_${token()}`,
      status: 'open' as const,
      paymentStatus: 'unpaid' as const,
      cents,
      currency: form.get(`${price}[currency]`) ?? '',
      successUrl: form.get('success_url') ?? '',
      intent: `pi_${token()}`,
      intentStatus: 'requires_payment_method' as const,
      refundedCents: 0,
      isDisputed: false,
      metadata: metadataIn(form),
      created: Math.floor(Date.now() / 1000),
      email: 'payer@example.com',
      cancelUrl: form.get('cancel_url') ?? '',
    }
    if (!keys.has(key)) checkouts.push(made)
    keys.set(key, made)
    return found(made)
  }

  async function readSession(id: string) {
    const answer = found(checkouts.find((one) => one.id === id))
    await emulator.underWay?.()
    return answer
  }

  function listSessions(url: URL): Answer {
    const intent = url.searchParams.get('payment_intent')
    const data = checkouts.filter((one) => one.intent === intent).map(sessionJson)
    return { json: { object: 'list', data, has_more: false } }
  }

  async function payRoute({ method, raw }: EmulatorRequest, id: string): Promise<Answer> {
    const checkout = checkouts.find((one) => one.id === id)
    if (!checkout) return { status: 404, text: 'no such checkout' }
    if (method !== 'POST') return { text: payPage(checkout) }
    const how = new URLSearchParams(raw.toString()).get('how')
    if (how === 'cancel') return { status: 303, headers: { location: checkout.cancelUrl } }
    await emulator.pay(id, how === 'bank' ? 'bank' : 'card')
    if (how === 'bank') setTimeout(() => void emulator.decide(id, true), 5_000).unref()
    const location = checkout.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', id)
    return { status: 303, headers: { location } }
  }

  function found(checkout: StripeCheckout | undefined): Answer {
    if (checkout) return { json: sessionJson(checkout) }
    return { status: 404, json: fault('invalid_request_error', 'No such checkout.session') }
  }

  /** With its payment and charge in full, as one asks who reads it; an event has only their ids. */
  function sessionJson(one: StripeCheckout) {
    const isBegun = one.status === 'complete'
    return {
      id: one.id,
      object: 'checkout.session',
      mode: 'payment',
      status: one.status,
      payment_status: one.paymentStatus,
      amount_total: one.cents,
      currency: one.currency,
      metadata: one.metadata,
      created: one.created,
      customer_details: isBegun ? { email: one.email } : null,
      url: one.status === 'open' ? `${emulator.url}/pay/${one.id}` : null,
      payment_intent: isBegun
        ? {
            id: one.intent,
            object: 'payment_intent',
            status: one.intentStatus,
            latest_charge: chargeJson(one),
          }
        : null,
    }
  }
  return emulator
}

function metadataIn(form: URLSearchParams) {
  const found = [...form].flatMap(([name, value]) => {
    const [, key] = /^metadata\[(\w+)\]$/.exec(name) ?? []
    return key ? [[key, value] as const] : []
  })
  return Object.fromEntries(found)
}

function chargeJson({ intent, cents, currency, refundedCents, isDisputed }: StripeCheckout) {
  return {
    id: intent.replace('pi_', 'ch_'),
    object: 'charge',
    payment_intent: intent,
    amount: cents,
    currency,
    amount_refunded: refundedCents,
    disputed: isDisputed,
  }
}

function fault(type: string, message: string) {
  return { error: { type, message } }
}

function token() {
  return randomBytes(12).toString('hex')
}
