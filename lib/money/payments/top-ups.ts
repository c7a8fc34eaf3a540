import { hash, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { topUpUsd } from '#lib/contract/people/credits'
import { microsOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { topUp } from '../../db/money-schema.ts'
import { AppError, invalidField } from '../../errors.ts'
import { log } from '../../log.ts'
import { adopterOf, isOwnerThere } from '../../db/queries/adopted.ts'
import { accountsOf, balanceOf, lockAccounts, moveMoney, shared } from '../accounts.ts'
import { type Parked, recoverTopUp } from './recover.ts'
import { topUpViewOf } from './top-up-views.ts'
import {
  type CheckoutState,
  type PaymentHint,
  checkoutOfPayment,
  createCheckout,
  followsPayments,
  readCheckout,
  takesPayments,
} from './stripe.ts'

const microsInCent = 10_000
const triesAtMost = 10

type TopUpRow = typeof topUp.$inferSelect

/** What else is known of a payment. */
interface Details {
  /** How often its refunds have changed. */
  refunds?: number
  /** What was paid back of what had been spent: the installation's own. */
  ownMicros?: number
  isDisputed?: boolean
  /** Paid in another amount or currency than it was begun with: an admin has to look. */
  isOdd?: boolean
  /** Whose it is is not certain: an admin has to say. */
  parked?: Parked
  /** Of the admin that credited it. */
  note?: string | null
}

export interface BeginTopUp {
  ownerId: string
  userId: string
  usd: unknown
  /** One an intention of this owner; without it every call is one of its own. */
  key?: string | null
  returnUrl: string
  locale: 'en' | 'ru'
  /** As the payment page calls it. */
  name: string
  now: Date
}

/**
 * Begins a payment. Its address is only handed out once its row is there: what is paid is always known. The same key is the
 * same payment, which Stripe sees to; throws `idempotency_key_reused` where it is asked for otherwise.
 */
export async function beginTopUp({ usd, now, key, ...begun }: BeginTopUp) {
  const amountMicros = readAmount(usd)
  const { ownerId, userId, ...page } = begun
  const cents = amountMicros / microsInCent
  const claim = { ownerId, userId, amountMicros }
  const ofOwner = key ? hash('sha256', JSON.stringify(['top-up', ownerId, key])) : randomUUID()
  const { id, url } = await createCheckout({ ...page, cents, claim, key: ofOwner })
  await inTransaction(async (tx) => {
    const owner = await adopterOf(ownerId, tx)
    if (!(await isOwnerThere(owner, tx)))
      throw new AppError('forbidden', { userMessage: message('errors.noLongerAllowed') })
    const row = { id, ownerId: owner, userId, amountMicros, createdAt: now }
    await tx.insert(topUp).values(row).onConflictDoNothing()
  })
  return { id, url }
}

/** Throws where no payments are taken here. */
export function assertTakesPayments() {
  if (!takesPayments()) throw noPayments()
}

/** Throws where Stripe cannot be asked about a payment. */
export function assertFollowsPayments() {
  if (!followsPayments()) throw noPayments()
}

function noPayments() {
  return new AppError('not_possible_now', { userMessage: message('money.noPayments') })
}

function readAmount(usd: unknown) {
  const micros = typeof usd === 'number' ? microsOf(usd) : NaN
  const { min, max } = topUpUsd
  const isFit = micros >= microsOf(min) && micros <= microsOf(max) && micros % microsInCent === 0
  if (isFit) return micros
  throw invalidField('usd', message('money.topUpRange', { min: { usd: min }, max: { usd: max } }))
}

/** Does what a webhook hints at. What it says of a payment is not believed: Stripe is asked how it is now. */
export async function followHint({ type, checkoutId, paymentId }: PaymentHint, now: Date) {
  const id = checkoutId ?? (paymentId && (await checkoutOf(paymentId)))
  if (type.startsWith('charge.dispute.'))
    log().warn({ type, checkoutId: id, paymentId }, 'a payment is disputed: see it at Stripe')
  if (id) await syncTopUp(id, now)
}

async function checkoutOf(paymentId: string) {
  const [known] = await database()
    .select({ id: topUp.id })
    .from(topUp)
    .where(eq(topUp.paymentId, paymentId))
  return known?.id ?? (await checkoutOfPayment(paymentId))
}

const checkoutId = /^cs_\w{1,200}$/

/** A payment of this owner as it is now, for one who comes back from paying; undefined where it has none of this id. */
export async function checkTopUp(ownerId: string, id: string, now: Date) {
  const isOurs = checkoutId.test(id)
  const known = (await findTopUp(id)) ?? (isOurs ? await syncTopUp(id, now) : undefined)
  if (known?.ownerId !== ownerId) return undefined
  const row = known.state === 'open' ? await syncTopUp(id, now) : known
  return row && topUpViewOf(row)
}

/**
 * Brings a payment to what Stripe says of it now, however often it is called and in whatever order: credited once, when
 * it is paid; what was refunded is booked. A checkout that was not begun here is another's matter; one that was and has no
 * record is recovered.
 */
export function syncTopUp(id: string, now: Date): Promise<TopUpRow | undefined> {
  return withCheckout(id, (tx, row, state) => applyCheckout(tx, row, state, now))
}

type Apply = (tx: Transaction, row: TopUpRow, state: CheckoutState) => Promise<TopUpRow>

/** Does something about a payment by what Stripe says of it now, its row locked; undefined where it is none of ours. */
export async function withCheckout(id: string, apply: Apply): Promise<TopUpRow | undefined> {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const known = await findTopUp(id)
    if (!known && (await recoverTopUp(id))) continue
    if (!known) return undefined
    // Before anything is locked: it may take as long as it likes.
    const state = await readCheckout(id)
    const synced = await applyUnchanged(known, state, apply)
    if (synced) return synced
  }
  throw new AppError('service_unavailable', { userMessage: message('money.paymentsUnavailable') })
}

/** Undefined where another has changed the row since: what was read of the payment may be older than what that one knew. */
function applyUnchanged(known: TopUpRow, state: CheckoutState, apply: Apply) {
  return inTransaction(async (tx) => {
    const [row] = await tx.select().from(topUp).where(eq(topUp.id, known.id)).for('update')
    return isDeepStrictEqual(row, known) ? apply(tx, known, state) : undefined
  })
}

async function findTopUp(id: string) {
  const [row] = await database().select().from(topUp).where(eq(topUp.id, id))
  return row
}

/** Books what became of a payment, whose row is locked; answers the row as it is then. */
export async function applyCheckout(
  tx: Transaction,
  row: TopUpRow,
  state: CheckoutState,
  now: Date,
) {
  const { paymentId, isDisputed } = state
  const details = { ...detailsOf(row), ...(isDisputed && { isDisputed }) }
  let next: TopUpRow = { ...row, paymentId: row.paymentId ?? paymentId, details }
  if (row.ownerId === '') next = parkedAs(next, state)
  else if (state.isPaid && row.state !== 'paid') next = await credited(tx, next, state, now)
  if (state.end && row.state === 'open' && !state.isPaid) next.state = state.end
  if (next.state === 'paid') next = await refunded(tx, next, state.refundedCents * microsInCent)
  await tx.update(topUp).set(next).where(eq(topUp.id, row.id))
  return next
}

export function detailsOf({ details }: TopUpRow): Details {
  return (details as Details | null) ?? {}
}

/** Nothing is moved before an admin says whose it is; what was refunded meanwhile is kept. */
function parkedAs(row: TopUpRow, { refundedCents }: CheckoutState): TopUpRow {
  const { parked, ...details } = detailsOf(row)
  const refundedMicros = refundedCents * microsInCent
  return {
    ...row,
    details: { ...details, ...(parked && { parked: { ...parked, refundedMicros } }) },
  }
}

async function credited(tx: Transaction, row: TopUpRow, state: CheckoutState, now: Date) {
  const { cents, currency } = state
  if (currency !== 'usd' || cents === null || cents * microsInCent !== row.amountMicros) {
    log().error({ checkoutId: row.id, cents, currency }, 'a payment is not what was asked for')
    return { ...row, details: { ...detailsOf(row), isOdd: true } }
  }
  await lockAll(tx, row)
  const { available } = accountsOf(row.ownerId)
  await moveMoney(tx, [
    {
      key: `topup:${row.id}`,
      kind: 'topped_up',
      from: shared.payments,
      to: available,
      amountMicros: row.amountMicros,
      ownerId: row.ownerId,
      byUserId: row.userId,
      note: detailsOf(row).note ?? null,
    },
  ])
  return { ...row, state: 'paid' as const, paidAt: now }
}

/** All that a payment may move, at once: one that is paid and refunded before we hear of it locks in one order too. */
function lockAll(tx: Transaction, { ownerId }: TopUpRow) {
  return lockAccounts(tx, [accountsOf(ownerId).available, shared.own, shared.payments])
}

/**
 * Books what was paid back: from what is available, the rest from the installation's own purse. A refund that fell
 * through comes back: first to the purse.
 */
async function refunded(tx: Transaction, row: TopUpRow, refundedMicros: number) {
  const change = Math.min(refundedMicros, row.amountMicros) - row.refundedMicros
  if (change === 0) return row
  await lockAll(tx, row)
  const { available } = accountsOf(row.ownerId)
  const { availableMicros } = await balanceOf(row.ownerId, tx)
  const details = detailsOf(row)
  const { refunds = 0, ownMicros = 0 } = details
  const own = change > 0 ? Math.max(0, change - availableMicros) : Math.max(change, -ownMicros)
  const legs = [
    { name: 'refund', account: available, micros: change - own },
    { name: 'refund-own', account: shared.own, micros: own },
  ]
  await moveMoney(
    tx,
    legs.map(({ name, account, micros }) => ({
      key: `${name}:${row.id}:${refunds + 1}`,
      kind: 'refunded',
      from: micros > 0 ? account : shared.payments,
      to: micros > 0 ? shared.payments : account,
      amountMicros: Math.abs(micros),
      ownerId: row.ownerId,
    })),
  )
  if (own > 0) log().warn({ checkoutId: row.id, ownMicros: own }, 'a refund of what was spent')
  return {
    ...row,
    refundedMicros: row.refundedMicros + change,
    details: { ...details, refunds: refunds + 1, ownMicros: ownMicros + own },
  }
}

// A bank may take two weeks to pay; a checkout that is not finished expires after a day, and is open no more.
const sweptForHours = 21 * 24
const sweptAtMost = 100

/** Looks at payments that are open though their webhook may have been lost. Answers how many it looked at. */
export async function syncOpenTopUps(now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const { rows } = await database().execute<{ id: string }>(sql`
    select id from top_up where state = 'open' and owner_id <> '' and (details ->> 'isOdd') is null
      and created_at between ${before(sweptForHours * 3_600_000)} and ${before(300_000)}
    order by created_at limit ${sweptAtMost}`)
  for (const { id } of rows) await syncTopUp(id, now).catch(goOnWithout(id))
  return rows.length
}

/** One that Stripe does not know, as after a change of its account, does not stand before the others. */
function goOnWithout(checkoutId: string) {
  return (error: unknown) => {
    if (!(error instanceof AppError && error.code === 'not_found')) throw error
    log().warn({ checkoutId }, 'an open payment is not known to Stripe')
  }
}
