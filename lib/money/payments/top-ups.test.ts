import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { eq, like } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST } from '../../../app/api/webhooks/stripe/route.ts'
import {
  type StripeEmulator,
  startStripeEmulator,
} from '../../../tests/emulators/stripe/stripe-emulator.ts'
import {
  type StripeEvent,
  deliver,
  signed,
} from '../../../tests/emulators/stripe/stripe-webhooks.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { database, inTransaction } from '../../db/client.ts'
import { topUp, transfer } from '../../db/money-schema.ts'
import { env } from '../../env.ts'
import { newId } from '../../ids.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { balanceOf } from '../accounts.ts'
import { checkLedger, describeLedger, isSound } from '../check.ts'
import { holdFor } from '../holds.ts'
import { beginTopUp, checkTopUp, syncOpenTopUps, syncTopUp } from './top-ups.ts'
import { sweepTopUps } from './webhook.ts'

withTestDatabase()

const secretKey = 'sk_test_emulated'
const webhookSecret = 'whsec_emulated'
let stripe: StripeEmulator
let webhooks: { url: string; close(): void }
let owner = ''
let count = 0

beforeAll(async () => {
  webhooks = await listen()
  stripe = await startStripeEmulator({ secretKey, webhookSecret, webhookUrl: webhooks.url })
})
beforeEach(() => {
  owner = `payer${(count += 1)}`
  Object.assign(stripe, { delivery: {}, isDown: false })
  forgetProcessWide('stripe')
  Object.assign(env(), {
    BILLING: 'credits',
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_API_URL: stripe.url,
  })
})
afterEach(async () => {
  const report = await checkLedger()
  if (!isSound(report)) throw new Error(describeLedger(report))
  Object.assign(env(), { BILLING: 'off' })
})
afterAll(async () => {
  Object.assign(env(), { STRIPE_SECRET_KEY: undefined, STRIPE_WEBHOOK_SECRET: undefined })
  await stripe.close()
  webhooks.close()
})

/** Hands what comes in to the route, as the server does. */
async function listen() {
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() }
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const headers = new Headers(request.headers as Record<string, string>)
  const init = { method: 'POST', headers, body: await buffer(request) }
  const answered = await POST(new Request('http://localhost/api/webhooks/stripe', init))
  response.writeHead(answered.status).end(await answered.text())
}

const now = new Date()

async function begin(usd: unknown = 20, key: string | null = null, ownerId = owner) {
  const returnUrl = 'http://localhost:3000/account/usage'
  const asked = { ownerId, userId: owner, usd, key, returnUrl, locale: 'en', now } as const
  return (await beginTopUp({ ...asked, name: 'Credits' })).id
}
const available = async () => (await balanceOf(owner)).availableMicros / 1e6
const rowOf = async (id: string) =>
  (await database().select().from(topUp).where(eq(topUp.id, id)))[0]!

/** Spends dollars of the owner. */
function spend(usd: number) {
  const payer = { ownerId: owner, userId: owner, keyId: null }
  const one = { generationId: `${owner}_${usd}`, amountMicros: usd * 1e6, priceFactor: 1e6 }
  return inTransaction((tx) => holdFor(tx, { payer, holds: [{ ...one, model: 'veo' }], now }))
}

function post(event: object, { secret = webhookSecret, at = new Date(), sent = '' } = {}) {
  const body = JSON.stringify(event)
  const headers = { 'stripe-signature': signed(body, secret, at) }
  return POST(new Request('http://localhost/', { method: 'POST', headers, body: sent || body }))
}

describe('a payment', () => {
  test('attack: for an organization that is deleted meanwhile is not begun', async () => {
    owner = newId('org')
    await expect(begin()).rejects.toMatchObject({ code: 'forbidden' })
    expect(await database().$count(topUp, eq(topUp.ownerId, owner))).toBe(0)
  })

  test('is one for each idempotency key of its owner', async () => {
    const first = await begin(20, 'order-1')
    expect(await begin(20, 'order-1')).toBe(first)
    expect(await Promise.all([begin(20, 'order-1'), begin(20, 'order-1')])).toEqual([first, first])
    expect(await begin(20, 'order-2')).not.toBe(first)
    expect(await begin(20, 'order-1', 'another')).not.toBe(first)
    expect(await begin()).not.toBe(await begin())
    await expect(begin(30, 'order-1')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await rowOf(first)).toMatchObject({ amountMicros: 20e6 })
  })

  test('is credited once it is paid, to who began it', async () => {
    const id = await begin()
    expect(await available()).toBe(0)
    await stripe.pay(id)
    expect(await available()).toBe(20)
    expect(await rowOf(id)).toMatchObject({ state: 'paid', ownerId: owner })
  })

  test('is credited once, however often and in whatever order its events come', async () => {
    const id = await begin()
    const kept: StripeEvent[] = []
    stripe.delivery = { kept }
    await stripe.pay(id, 'bank')
    await stripe.decide(id, true)
    await stripe.refund(id, 500)
    const at = { webhookUrl: webhooks.url, webhookSecret }
    await Promise.all([...kept.toReversed(), ...kept].map((one) => deliver(one, at, { times: 5 })))
    expect(await available()).toBe(15)
    const moves = await database()
      .select()
      .from(transfer)
      .where(like(transfer.key, `%${id}%`))
    expect(moves.map(({ kind, amount }) => [kind, amount / 1e6])).toEqual([
      ['topped_up', 20],
      ['refunded', 5],
    ])
  })

  test('of a bank is credited when the bank has paid, and not when it says so', async () => {
    const [paid, refused] = [await begin(), await begin()]
    await stripe.pay(paid, 'bank')
    await stripe.pay(refused, 'bank')
    expect(await available()).toBe(0)
    await stripe.decide(paid, true)
    await stripe.decide(refused, false)
    expect(await available()).toBe(20)
    expect(await rowOf(refused)).toMatchObject({ state: 'failed' })
  })

  test('whose webhook is lost is found by who comes back, and by the sweep', async () => {
    stripe.delivery = { isLost: true }
    const [first, second] = [await begin(), await begin()]
    await stripe.pay(first)
    await stripe.pay(second)
    expect(await checkTopUp(owner, first, now)).toMatchObject({ state: 'paid', usd: 20 })
    expect(await checkTopUp('stranger', second, now)).toBeUndefined()
    expect(await available()).toBe(20)
    await syncOpenTopUps(new Date(now.getTime() + 600_000))
    expect(await available()).toBe(40)
  })

  test('that was begun before credits were switched off is credited, and its refund booked', async () => {
    const [first, second] = [await begin(), await begin()]
    Object.assign(env(), { BILLING: 'off' })
    await stripe.pay(first)
    expect(await available()).toBe(20)
    await stripe.refund(first, 500)
    expect(await available()).toBe(15)
    stripe.delivery = { isLost: true }
    await stripe.pay(second)
    const sweeping = sweepTopUps(() => new Date(now.getTime() + 600_000))
    await expect.poll(available).toBe(35)
    await sweeping!.stop()
  })

  test('is found by the sweep behind one that Stripe does not know', async () => {
    stripe.delivery = { isLost: true }
    const id = await begin()
    await stripe.pay(id)
    const before = new Date(now.getTime() - 1_000)
    const row = { ownerId: owner, userId: owner, amountMicros: 20_000_000, createdAt: before }
    await database()
      .insert(topUp)
      .values({ ...row, id: `cs_unknown_${owner}` })
    await syncOpenTopUps(new Date(now.getTime() + 600_000))
    expect(await available()).toBe(20)
    await database()
      .delete(topUp)
      .where(eq(topUp.id, `cs_unknown_${owner}`))
  })

  test('of a bank that takes two weeks is found by the sweep', async () => {
    const id = await begin()
    await stripe.pay(id, 'bank')
    stripe.delivery = { isLost: true }
    await stripe.decide(id, true)
    await syncOpenTopUps(new Date(now.getTime() + 14 * 86_400_000))
    expect(await available()).toBe(20)
  })

  test('is credited by the next webhook where Stripe could not be asked', async () => {
    const id = await begin()
    stripe.delivery = { isLost: true }
    await stripe.pay(id)
    stripe.isDown = true
    expect((await post(stripe.events.at(-1)!)).status).toBe(503)
    stripe.isDown = false
    expect((await post(stripe.events.at(-1)!)).status).toBe(200)
    expect(await available()).toBe(20)
  })

  test('of another amount or currency than was asked for is not credited', async () => {
    for (const odd of [{ currency: 'rub' }, { cents: 1 }, { cents: 200_000 }]) {
      const id = await begin()
      Object.assign(
        stripe.checkouts.find((one) => one.id === id)!,
        odd,
      )
      await stripe.pay(id)
      expect(await available()).toBe(0)
      expect(await rowOf(id)).toMatchObject({ state: 'open', details: { isOdd: true } })
    }
  })

  test('that was not begun here is not credited', async () => {
    const id = await begin()
    await database().delete(topUp).where(eq(topUp.id, id))
    stripe.checkouts.find((one) => one.id === id)!.metadata = { order: '7' }
    await stripe.pay(id)
    await stripe.refund(id, 100)
    expect(await available()).toBe(0)
    expect(await rowOf(id)).toBeUndefined()
  })

  test('that is given up expires', async () => {
    const id = await begin()
    await stripe.expire(id)
    expect(await rowOf(id)).toMatchObject({ state: 'expired' })
  })

  test.each([0, 4.99, 1_000.01, 5.001, -5, Number.NaN, '20', null, undefined, Infinity])(
    'of %s dollars is refused',
    async (usd) => {
      await expect(begin(usd === undefined ? {} : usd)).rejects.toMatchObject({
        code: 'invalid_input',
      })
    },
  )
})

describe('a refund', () => {
  test('is taken from what is available, and the rest is the installation’s own', async () => {
    const id = await begin()
    await stripe.pay(id)
    await spend(12)
    await stripe.refund(id, 500)
    expect(await available()).toBe(3)
    await stripe.refund(id, 1_500)
    expect(await available()).toBe(0)
    expect(await rowOf(id)).toMatchObject({
      refundedMicros: 20_000_000,
      details: { refunds: 2, ownMicros: 12_000_000 },
    })
  })

  test('is not undone by an older answer of Stripe that comes later', async () => {
    const id = await begin()
    await stripe.pay(id)
    const { promise: arrival, resolve: arrive } = Promise.withResolvers<void>()
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    stripe.underWay = () => {
      stripe.underWay = undefined
      ask()
      return arrival
    }
    const old = syncTopUp(id, now)
    await asked
    await stripe.refund(id, 500)
    expect(await available()).toBe(15)
    arrive()
    await old
    expect(await available()).toBe(15)
  })

  test('that falls through comes back', async () => {
    const id = await begin()
    await stripe.pay(id)
    await spend(12)
    await stripe.refund(id, 1_000)
    expect(await available()).toBe(0)
    await stripe.refund(id, -1_000)
    expect(await available()).toBe(8)
    expect(await rowOf(id)).toMatchObject({ refundedMicros: 0, details: { ownMicros: 0 } })
  })

  test('or a dispute is told apart', async () => {
    const id = await begin()
    await stripe.pay(id)
    await stripe.dispute(id)
    expect(await available()).toBe(20)
    expect(await rowOf(id)).toMatchObject({ details: { isDisputed: true } })
  })
})

describe('a webhook', () => {
  async function aPaid() {
    const id = await begin()
    stripe.delivery = { isLost: true }
    await stripe.pay(id)
    return stripe.events.at(-1)!
  }

  test('with a signature of another secret, of another body or of long ago is refused', async () => {
    const event = await aPaid()
    const refused = [
      await post(event, { secret: 'whsec_guessed' }),
      await post(event, { secret: '' }),
      await post(event, { at: new Date(Date.now() - 400_000) }),
      await post({ ...event, type: 'other' }, { sent: JSON.stringify(event) }),
      await POST(new Request('http://localhost/', { method: 'POST', body: '{}' })),
    ]
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401])
    expect(await available()).toBe(0)
    expect((await post(event)).status).toBe(200)
    expect((await post(event)).status).toBe(200)
    expect(await available()).toBe(20)
  })

  test('that is signed and says what is not so moves nothing', async () => {
    const id = await begin()
    const lie = { id, object: 'checkout.session', payment_status: 'paid', amount_total: 99_999 }
    const event = { object: 'event', type: 'checkout.session.completed', data: { object: lie } }
    expect((await post(event)).status).toBe(200)
    expect(await available()).toBe(0)
  })

  test('of another kind is taken and means nothing', async () => {
    const event = { object: 'event', type: 'customer.created', data: { object: { id: 'cus_1' } } }
    expect((await post(event)).status).toBe(200)
  })

  test('is not there where no payments are taken', async () => {
    const event = await aPaid()
    Object.assign(env(), { STRIPE_SECRET_KEY: undefined })
    expect((await post(event)).status).toBe(404)
  })
})
