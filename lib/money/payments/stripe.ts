import type Stripe from 'stripe'
import { message } from '#lib/messages/message'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { processWide } from '../../process-wide.ts'
import { isBilled } from '../billing.ts'
import { type Claim, type FoundClaim, claimMetadata, readClaim } from './claim.ts'

const timeoutMs = 20_000
const currency = 'usd'

/** Whether money can be paid in: Stripe can be asked, and credits are what videos are paid with. */
export function takesPayments() {
  return isBilled() && followsPayments()
}

/** Whether Stripe can be asked what became of payments: also of those begun before credits were switched off. */
export function followsPayments() {
  const { STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env()
  return Boolean(STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET)
}

/** Loaded at its first use: it takes a second and 35 MB. */
function stripe(): Promise<Stripe> {
  return processWide('stripe', async () => {
    const { default: Client } = await import('stripe')
    const { STRIPE_SECRET_KEY = '', STRIPE_API_URL } = env()
    const { hostname, port, protocol } = new URL(STRIPE_API_URL)
    return new Client(STRIPE_SECRET_KEY, {
      host: hostname,
      port: port || (protocol === 'http:' ? 80 : 443),
      protocol: protocol === 'http:' ? 'http' : 'https',
      timeout: timeoutMs,
      telemetry: false,
    })
  })
}

export interface Checkout {
  cents: number
  /** Of this intention: the same one is the same checkout. */
  key: string
  /** The page the payer comes back to; with `?topUp=<id>` where it has paid. */
  returnUrl: string
  locale: 'en' | 'ru'
  name: string
  /** Whose it is: known at Stripe too, should its record be lost. */
  claim: Claim
}

/** Begins a payment at Stripe, on a page of theirs. */
export async function createCheckout({ cents, key, returnUrl, locale, name, claim }: Checkout) {
  const product = { currency, unit_amount: cents, product_data: { name } }
  const { id, url } = await asked(({ checkout }) =>
    checkout.sessions.create(
      {
        mode: 'payment',
        line_items: [{ quantity: 1, price_data: product }],
        // Stripe puts the id in.
        success_url: `${returnUrl}?topUp={CHECKOUT_SESSION_ID}`,
        cancel_url: returnUrl,
        client_reference_id: claim.ownerId,
        metadata: claimMetadata(claim),
        locale,
      },
      { idempotencyKey: key },
    ),
  )
  if (!url) throw new Error('Stripe gave no address to pay at.')
  return { id, url }
}

/** A checkout as Stripe has it now. */
export interface CheckoutState {
  isPaid: boolean
  /** Nothing will be paid any more. */
  end: 'expired' | 'failed' | null
  cents: number | null
  currency: string | null
  paymentId: string | null
  /** Of the payment, all together. */
  refundedCents: number
  isDisputed: boolean
}

/** A checkout with what tells whose it is. */
export interface FoundCheckout extends CheckoutState {
  /** Null where another program has begun it. */
  claim: FoundClaim | null
  payerEmail: string | null
  createdAt: Date
}

export async function readCheckout(id: string): Promise<FoundCheckout> {
  const expand = ['payment_intent.latest_charge']
  const session = await asked(({ checkout }) => checkout.sessions.retrieve(id, { expand }))
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null
  const charge = typeof intent?.latest_charge === 'object' ? intent.latest_charge : null
  return {
    isPaid: session.payment_status === 'paid',
    end: endOf(session.status, intent?.status),
    cents: session.amount_total,
    currency: session.currency,
    paymentId: intent?.id ?? null,
    refundedCents: charge?.amount_refunded ?? 0,
    isDisputed: charge?.disputed ?? false,
    claim: readClaim(session.metadata),
    payerEmail: session.customer_details?.email ?? null,
    createdAt: new Date(session.created * 1000),
  }
}

/** A bank may take days to pay, or to refuse. */
function endOf(status: string | null, intent: string | undefined) {
  if (status === 'expired') return 'expired'
  const isRefused = intent === 'requires_payment_method' || intent === 'canceled'
  return status === 'complete' && isRefused ? 'failed' : null
}

/** The checkout a payment was made in; undefined for a payment of another kind. */
export async function checkoutOfPayment(paymentId: string): Promise<string | undefined> {
  const found = await asked(({ checkout }) =>
    checkout.sessions.list({ payment_intent: paymentId, limit: 1 }),
  )
  return found.data[0]?.id
}

/** What an event of Stripe is about. All else of it is asked at Stripe itself: events come twice, late and in any order. */
export interface PaymentHint {
  type: string
  checkoutId?: string
  paymentId?: string
}

/** Reads a webhook. Throws `webhook_refused` where Stripe has not signed exactly this, or not in the last minutes. */
export async function readPaymentWebhook(
  body: Uint8Array,
  signature: string | null,
  now: Date,
): Promise<PaymentHint> {
  const event = verified(await stripe(), body, signature ?? '', now)
  const object = event.data.object as { object?: string; id?: string; payment_intent?: unknown }
  const { payment_intent: intent } = object
  return {
    type: event.type,
    ...(object.object === 'checkout.session' && object.id && { checkoutId: object.id }),
    ...(typeof intent === 'string' && { paymentId: intent }),
  }
}

const toleranceSeconds = 300

function verified({ webhooks }: Stripe, body: Uint8Array, signature: string, now: Date) {
  const { STRIPE_WEBHOOK_SECRET = '' } = env()
  const at = now.getTime()
  try {
    return webhooks.constructEvent(
      body,
      signature,
      STRIPE_WEBHOOK_SECRET,
      toleranceSeconds,
      undefined,
      at,
    )
  } catch (cause) {
    throw new AppError('webhook_refused', { userMessage: message('errors.webhookRefused'), cause })
  }
}

/** What Stripe cannot answer now is tried again by who asked: the payer, or Stripe with its webhook. */
async function asked<T>(call: (client: Stripe) => Promise<T>): Promise<T> {
  try {
    return await call(await stripe())
  } catch (error) {
    // Its own words may name the key.
    const { type = '', statusCode = '', code = '' } = error as Partial<Stripe.errors.StripeError>
    if (statusCode === 404)
      throw new AppError('not_found', { userMessage: message('money.topUpNotFound') })
    if (type === 'StripeIdempotencyError')
      throw new AppError('idempotency_key_reused', { userMessage: message('errors.keyReused') })
    throw new AppError('service_unavailable', {
      userMessage: message('money.paymentsUnavailable'),
      logMessage: `Stripe could not be asked: ${type} ${statusCode} ${code}`.trimEnd(),
      retryAfterSeconds: 10,
    })
  }
}
