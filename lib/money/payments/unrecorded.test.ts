import { eq, like } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type StripeEmulator,
  startStripeEmulator,
} from '../../../tests/emulators/stripe/stripe-emulator.ts'
import { anAccount } from '../../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { topUp, transfer } from '../../db/money-schema.ts'
import { env } from '../../env.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { balanceOf } from '../accounts.ts'
import { checkLedger, describeLedger, isSound } from '../check.ts'
import { creditParked, listParked } from './parked.ts'
import { beginTopUp, checkTopUp, followHint, syncOpenTopUps, syncTopUp } from './top-ups.ts'

withTestDatabase()

const secrets = { secretKey: 'sk_test_emulated', webhookSecret: 'whsec_emulated' }
const now = new Date()
let stripe: StripeEmulator
let owner = ''

beforeAll(async () => {
  stripe = await startStripeEmulator(secrets)
})
beforeEach(async () => {
  owner = (await anAccount()).userId
  forgetProcessWide('stripe')
  Object.assign(env(), {
    BILLING: 'credits',
    STRIPE_SECRET_KEY: secrets.secretKey,
    STRIPE_WEBHOOK_SECRET: secrets.webhookSecret,
    STRIPE_API_URL: stripe.url,
  })
})
afterEach(async () => {
  const report = await checkLedger()
  if (!isSound(report)) throw new Error(describeLedger(report))
  await database().delete(topUp).where(eq(topUp.ownerId, ''))
})
afterAll(async () => {
  Object.assign(env(), {
    BILLING: 'off',
    STRIPE_SECRET_KEY: undefined,
    STRIPE_WEBHOOK_SECRET: undefined,
  })
  await stripe.close()
})

/** A payment that is paid, and whose record a restored backup does not have. */
async function unrecorded(ownerId = owner) {
  const returnUrl = 'http://localhost:3000/account/usage'
  const asked = { ownerId, userId: ownerId, usd: 20, returnUrl, locale: 'en', now } as const
  const { id } = await beginTopUp({ ...asked, name: 'Credits' })
  await database().delete(topUp).where(eq(topUp.id, id))
  await stripe.pay(id)
  return id
}
const checkoutOf = (id: string) => stripe.checkouts.find((one) => one.id === id)!
const available = async (ownerId = owner) => (await balanceOf(ownerId)).availableMicros / 1e6
const hear = (id: string) => followHint({ type: 'checkout.session.completed', checkoutId: id }, now)
const parkedIds = async () => (await listParked()).map(({ id }) => id)
const credit = (id: string, to = owner) =>
  creditParked(id, { owner: to, note: 'Bank 7' }, 'admin', now)

describe('a payment without a record', () => {
  test('is credited to who began it, once, however often and in whatever order it is heard of', async () => {
    const id = await unrecorded()
    await stripe.refund(id, 500)
    const refund = { type: 'charge.refunded', paymentId: checkoutOf(id).intent }
    await Promise.all([followHint(refund, now), hear(id), hear(id), followHint(refund, now)])
    await syncTopUp(id, now)
    expect(await available()).toBe(15)
    const moves = await database()
      .select()
      .from(transfer)
      .where(like(transfer.key, `%${id}%`))
    expect(moves.map(({ kind, amount }) => [kind, amount / 1e6])).toEqual([
      ['topped_up', 20],
      ['refunded', 5],
    ])
    expect(await parkedIds()).toEqual([])
  })

  test('is found by who comes back from paying, where its events are lost', async () => {
    const id = await unrecorded()
    const stranger = (await anAccount()).userId
    expect(await checkTopUp(stranger, id, now)).toBeUndefined()
    expect(await available(stranger)).toBe(0)
    expect(await checkTopUp(owner, id, now)).toMatchObject({ state: 'paid', usd: 20 })
    expect(await available()).toBe(20)
    expect(await checkTopUp(owner, 'no checkout', now)).toBeUndefined()
  })

  test('that a bank has not paid yet is credited when it has', async () => {
    const id = await unrecorded()
    Object.assign(checkoutOf(id), { paymentStatus: 'unpaid', intentStatus: 'processing' })
    await hear(id)
    expect(await available()).toBe(0)
    await stripe.decide(id, true)
    await hear(id)
    expect(await available()).toBe(20)
  })

  test('of another installation at the same account of Stripe waits for an admin', async () => {
    const id = await unrecorded()
    Object.assign(env(), { STRIPE_WEBHOOK_SECRET: 'whsec_of_another' })
    await hear(id)
    await hear(id)
    await syncOpenTopUps(new Date(now.getTime() + 600_000))
    expect(await available()).toBe(0)
    expect(await listParked()).toEqual([
      {
        id,
        usd: 20,
        refundedUsd: 0,
        reason: 'unsigned',
        claimedOwnerId: owner,
        payerEmail: 'payer@example.com',
        createdAt: expect.any(String) as string,
      },
    ])
  })

  test.each([
    ['another owner', { photofinish_owner: 'someone' }],
    ['another amount', { photofinish_micros: '1' }],
    ['no proof', { photofinish_proof: '' }],
  ])('whose words say %s waits for an admin', async (_what, forged) => {
    const id = await unrecorded()
    Object.assign(checkoutOf(id).metadata, forged)
    await hear(id)
    expect(await available()).toBe(0)
    expect(await listParked()).toMatchObject([{ id, reason: 'unsigned' }])
  })

  test('of who is not here any more waits for an admin', async () => {
    const id = await unrecorded()
    await database().delete(user).where(eq(user.id, owner))
    await hear(id)
    expect(await listParked()).toMatchObject([{ id, reason: 'owner_unknown' }])
  })

  test('in another currency, or of another program, is not touched', async () => {
    const [odd, foreign] = [await unrecorded(), await unrecorded()]
    checkoutOf(odd).currency = 'rub'
    checkoutOf(foreign).metadata = {}
    for (const id of [odd, foreign]) await hear(id)
    expect([await available(), await parkedIds()]).toEqual([0, []])
  })
})

describe('an admin', () => {
  async function parked() {
    const id = await unrecorded()
    checkoutOf(id).metadata.photofinish_proof = ''
    await hear(id)
    return id
  }

  test('credits it once, to whom it is, less what was paid back meanwhile', async () => {
    const id = await parked()
    const { userId: payer } = await anAccount()
    await stripe.refund(id, 500)
    await followHint({ type: 'charge.refunded', paymentId: checkoutOf(id).intent }, now)
    expect(await listParked()).toMatchObject([{ id, usd: 20, refundedUsd: 5 }])
    const results = await Promise.allSettled([1, 2, 3].map(() => credit(id, payer)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'not_possible_now' })
    expect([await available(payer), await available()]).toEqual([15, 0])
    expect(await parkedIds()).toEqual([])
    await hear(id)
    expect(await available(payer)).toBe(15)
    const [move] = await database()
      .select()
      .from(transfer)
      .where(eq(transfer.key, `topup:${id}`))
    expect(move).toMatchObject({ byUserId: 'admin', note: 'Bank 7' })
    await stripe.refund(id, 1_000)
    await hear(id)
    expect(await available(payer)).toBe(5)
  })

  test('finds nothing to credit in what was paid back, is credited or was never there', async () => {
    const [back, recorded] = [await parked(), await unrecorded()]
    await stripe.refund(back, 2_000)
    for (const id of [back, recorded]) await hear(id)
    expect(await parkedIds()).toEqual([])
    for (const id of [recorded, 'cs_test_never'])
      await expect(credit(id)).rejects.toMatchObject({ code: expect.any(String) as string })
    expect(await available()).toBe(20)
    await expect(credit(back, 'unknown@example.com')).rejects.toMatchObject({ code: 'not_found' })
  })
})
