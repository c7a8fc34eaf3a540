import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { database, inTransaction } from '../db/client.ts'
import { hold, ledgerAccount, spending, transfer } from '../db/money-schema.ts'
import { env } from '../env.ts'
import type { AppError } from '../errors.ts'
import { accountsOf, balanceOf } from './accounts.ts'
import { adoptMoney } from './adopt-money.ts'
import { checkLedger } from './check.ts'
import { grant } from './grants.ts'
import { type Outcome, holdFor, settle } from './holds.ts'
import { setLimits } from './limits.ts'
import { settleByHand } from './settle-by-hand.ts'

withTestDatabase()

const now = new Date('2026-11-27T16:00:00Z')
const unbilled = {
  BILLING: 'off',
  LIMIT_USD_A_DAY: undefined,
  LIMIT_USD_A_MONTH: undefined,
} as const

// What is in the ledger stays there: every test has an owner of its own.
let count = 0
let owner = ''
beforeEach(() => {
  owner = `owner${(count += 1)}`
  Object.assign(env(), { ...unbilled, BILLING: 'credits' })
})
afterEach(() => void Object.assign(env(), unbilled))

const payer = (keyId: string | null = null) => ({ ownerId: owner, userId: owner, keyId })
const give = (amountMicros: number) =>
  grant({ ownerId: owner, amountMicros, byUserId: null, note: null })

function aHold(name: string, amountMicros = 100, priceFactor = 1_000_000) {
  return { generationId: `${owner}_${name}`, amountMicros, priceFactor, model: 'veo' }
}

function holdAll(...holds: ReturnType<typeof aHold>[]) {
  return inTransaction((tx) => holdFor(tx, { payer: payer(), holds, now }))
}

function settled(name: string, outcome: Outcome) {
  return inTransaction((tx) => settle(tx, `${owner}_${name}`, outcome, now))
}
const charge = (costMicros: number, isUncertain?: boolean): Outcome => ({
  kind: 'charge',
  costMicros,
  ...(isUncertain && { isUncertain }),
})

const balance = async () => {
  const { availableMicros, heldMicros, spentMicros } = await balanceOf(owner)
  return [availableMicros, heldMicros, spentMicros]
}
const keysOf = async () =>
  (await database().select().from(transfer).where(eq(transfer.ownerId, owner)).orderBy(transfer.id))
    .map(({ key, amount }) => `${key.replaceAll(`${owner}_`, '')} ${amount}`)
    .filter((key) => !key.startsWith('grant'))
const spentBy = async (scope: string) => {
  const rows = await database().select().from(spending).where(eq(spending.scope, scope))
  return Object.fromEntries(rows.map(({ period, micros }) => [period, micros]))
}

describe('a hold', () => {
  test('takes what a video may cost, and settles once by what it cost', async () => {
    await give(250)
    await holdAll(aHold('a'), aHold('b'))
    expect(await balance()).toEqual([50, 200, 0])
    expect(await settled('a', charge(60))).toMatchObject({ chargedMicros: 60, ownCostMicros: 0 })
    expect(await balance()).toEqual([90, 100, 60])
    await settled('a', charge(60))
    expect(await balance()).toEqual([90, 100, 60])
    expect(await keysOf()).toEqual(['hold:a 100', 'hold:b 100', 'settle:a 60', 'return:a 40'])
    expect(await spentBy(`user:${owner}`)).toEqual({ '2026-11': 160, '2026-11-27': 160 })
  })

  test('of several is taken whole or not at all, and the refusal says what is missing', async () => {
    await give(250_000)
    const refused = holdAll(aHold('a', 100_000), aHold('b', 100_000), aHold('c', 100_000))
    const error = await refused.catch((caught: unknown) => caught as AppError)
    expect(error).toMatchObject({ code: 'insufficient_credits', status: 402 })
    expect(sayIn('en', (error as AppError).userMessage)).toBe(
      'This needs $0.30. Your balance is $0.25: $0.05 is missing. Add credits, or choose a shorter video or a cheaper model.',
    )
    expect(sayIn('ru', (error as AppError).userMessage)).toContain('не хватает $0,05')
    expect(await balance()).toEqual([250_000, 0, 0])
    expect(await database().$count(hold, eq(hold.ownerId, owner))).toBe(0)
  })

  test('is never of nothing', async () => {
    await holdAll(aHold('free', 0))
    expect(await database().$count(hold, eq(hold.ownerId, owner))).toBe(0)
    expect(await settled('free', charge(0))).toBeUndefined()
  })

  test('is taken from an account below zero while nothing is asked of users', async () => {
    Object.assign(env(), { BILLING: 'off' })
    await holdAll(aHold('a'))
    Object.assign(env(), { BILLING: 'credits' })
    await settled('a', charge(30))
    const [open] = await database()
      .select()
      .from(ledgerAccount)
      .where(eq(ledgerAccount.id, accountsOf(owner).open))
    expect(open).toMatchObject({ balance: -30, mayBeNegative: true })
    expect(await balance()).toEqual([0, 0, 30])
  })

  test('stays while the outcome is not known', async () => {
    await give(100)
    await holdAll(aHold('a'))
    await settled('a', { kind: 'keep', isUncertain: true })
    expect(await balance()).toEqual([0, 100, 0])
    expect(await settled('a', { kind: 'keep', isUncertain: true })).toMatchObject({
      uncertainSince: now,
      chargedMicros: null,
    })
    expect(await settled('a', charge(100))).toMatchObject({ uncertainSince: null })
    expect(await balance()).toEqual([0, 0, 100])
  })
})

describe('what is settled', () => {
  test('is charged by the factor of the start, and never above what was agreed', async () => {
    await give(300)
    await holdAll(aHold('a', 150, 1_500_000), aHold('b', 150, 1_500_000))
    expect(await settled('a', charge(60))).toMatchObject({ chargedMicros: 90, ownCostMicros: 0 })
    expect(await settled('b', charge(120))).toMatchObject({ chargedMicros: 150, ownCostMicros: 30 })
    expect(await keysOf()).toContain('own:b 30')
    expect(await balance()).toEqual([60, 0, 240])
  })

  test('takes a cost that is learned later, up to what was agreed and is available', async () => {
    await give(120)
    await holdAll(aHold('a'))
    await settled('a', charge(0, true))
    await holdAll(aHold('b', 50))
    expect(await settled('a', charge(90))).toMatchObject({ chargedMicros: 70, ownCostMicros: 20 })
    await give(500)
    expect(await settled('a', charge(90))).toMatchObject({ chargedMicros: 70, ownCostMicros: 20 })
    expect(await settled('a', charge(130))).toMatchObject({ chargedMicros: 100, ownCostMicros: 30 })
    expect(await balance()).toEqual([470, 50, 100])
    expect(await spentBy(`user:${owner}`)).toMatchObject({ '2026-11-27': 150 })
  })

  test('gives back what a provider takes back later', async () => {
    await give(100)
    await holdAll(aHold('a'))
    await settled('a', charge(130))
    expect(await settled('a', charge(40))).toMatchObject({ chargedMicros: 40, ownCostMicros: 0 })
    expect(await balance()).toEqual([60, 0, 40])
    expect(await settled('a', charge(130))).toMatchObject({ chargedMicros: 100, ownCostMicros: 30 })
    expect(await balance()).toEqual([0, 0, 100])
  })

  test('by hand keeps what is known of the cost, unless the admin says otherwise', async () => {
    await give(10_000)
    await holdAll(aHold('a'), aHold('b'))
    const byHand = (name: string, chargeMicros: number, ownMicros: number | null) =>
      inTransaction((tx) =>
        settleByHand(
          tx,
          {
            generationId: `${owner}_${name}`,
            chargeMicros,
            ownMicros,
            byUserId: 'admin',
            note: null,
          },
          now,
        ),
      )
    for (const name of ['a', 'b']) await settled(name, charge(130, true))
    expect(await byHand('a', 100, null)).toMatchObject({ chargedMicros: 100, ownCostMicros: 30 })
    expect(await byHand('b', 40, null)).toMatchObject({ chargedMicros: 40, ownCostMicros: 90 })
    await holdAll(aHold('c'), aHold('d'))
    await settled('c', charge(130, true))
    expect(await byHand('c', 100, 0)).toMatchObject({ chargedMicros: 100, ownCostMicros: 0 })
    await settled('d', { kind: 'keep', isUncertain: true })
    expect(await byHand('d', 10, null)).toMatchObject({ chargedMicros: 10, ownCostMicros: 0 })
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  })

  test('is not lowered by what is only the least it cost', async () => {
    await give(100)
    await holdAll(aHold('a'))
    await settled('a', charge(70))
    expect(await settled('a', charge(0, true))).toMatchObject({
      chargedMicros: 70,
      uncertainSince: null,
    })
  })
})

describe('a limit', () => {
  const tomorrow = new Date('2026-11-28T00:00:00Z')
  const startAt = (at: Date, name: string, amountMicros: number, keyId: string | null = null) =>
    inTransaction((tx) =>
      holdFor(tx, { payer: payer(keyId), holds: [aHold(name, amountMicros)], now: at }),
    )
  const refusal = async (started: Promise<void>) => {
    const error = await started.catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'spending_limit_reached' })
    return error as AppError
  }

  test('of a day refuses what would pass it, says by how much, and is new on the next day', async () => {
    await give(10_000_000)
    await setLimits(`user:${owner}`, { dayMicros: 1_000_000, monthMicros: null }, null, now)
    await startAt(now, 'a', 700_000)
    const error = await refusal(startAt(now, 'b', 400_000))
    expect(error).toMatchObject({ status: 429, retryAfterSeconds: 8 * 3600 })
    expect(sayIn('en', error.userMessage, now.getTime())).toMatch(
      /^This needs \$0\.40\. Your limit is \$1\.00 a day, and \$0\.30 of it is left: \$0\.10 is missing\. The limit resets at \d\d:00, in 8 h\. An administrator of the studio can raise it\.$/,
    )
    await startAt(now, 'c', 300_000)
    await refusal(startAt(now, 'd', 1))
    await startAt(tomorrow, 'e', 400_000)
  })

  test('of a month outlasts the day', async () => {
    await give(10_000_000)
    await setLimits(`user:${owner}`, { dayMicros: 600_000, monthMicros: 1_000_000 }, null, now)
    await startAt(now, 'a', 600_000)
    const error = await refusal(startAt(tomorrow, 'b', 600_000))
    expect(sayIn('en', error.userMessage, now.getTime())).toContain('Your limit is $1.00 a month')
    const tooMuch = await refusal(startAt(tomorrow, 'b', 1_600_000))
    expect(tooMuch.retryAfterSeconds).toBeUndefined()
    expect(sayIn('ru', tooMuch.userMessage)).toBe(
      'Нужно $1,60. Ваш лимит — $1,00 в месяц. Повысить его может администратор студии.',
    )
  })

  test('of a key binds the key alone', async () => {
    await give(10_000_000)
    await setLimits(`key:${owner}k`, { dayMicros: 100, monthMicros: null }, null, now)
    await refusal(startAt(now, 'a', 101, `${owner}k`))
    await startAt(now, 'a', 101)
  })

  test('of the installation comes from the environment until an admin sets it', async () => {
    await give(10_000_000)
    const { rows } = await database().execute<{ spent: number }>(
      sql`select coalesce(max(micros), 0)::int as spent from spending where scope = 'installation'`,
    )
    Object.assign(env(), { LIMIT_USD_A_MONTH: (rows[0]!.spent + 100) / 1e6 })
    const error = await refusal(startAt(now, 'a', 101))
    expect(sayIn('en', error.userMessage)).toMatch(/The studio’s limit is .* a month/)
    await startAt(now, 'b', 100)
    await setLimits('installation', { dayMicros: null, monthMicros: null }, null, now)
    await startAt(now, 'c', 101)
  })

  test('has its room back in the day and month of the start, whenever it is settled', async () => {
    await give(10_000_000)
    const lastMoment = new Date('2026-10-31T23:59:59.999Z')
    await startAt(lastMoment, 'a', 900)
    await settled('a', charge(200))
    expect(await spentBy(`user:${owner}`)).toEqual({ '2026-10': 200, '2026-10-31': 200 })
  })

  test('gives back what was not charged', async () => {
    await give(10_000_000)
    await setLimits(`user:${owner}`, { dayMicros: 1_000, monthMicros: null }, null, now)
    await startAt(now, 'a', 900)
    await settled('a', charge(200))
    await startAt(now, 'b', 800)
    await refusal(startAt(now, 'c', 1))
  })
})

describe('an adoption', () => {
  test('moves balances, holds and figures, and what is settled later goes to the account', async () => {
    const account = `${owner}account`
    await give(500)
    await holdAll(aHold('a'), aHold('b'))
    await settled('a', charge(40))
    const adopt = () =>
      inTransaction(async (tx) => {
        await tx.execute(
          sql`select pg_advisory_xact_lock(hashtextextended(${`adopt ${owner}`}, 0))`,
        )
        await tx.execute(
          sql`insert into adoption (from_id, to_id) values (${owner}, ${account}) on conflict do nothing`,
        )
        await adoptMoney(tx, owner, account)
      })
    await adopt()
    await adopt()
    expect(await balance()).toEqual([0, 0, 0])
    const its = await balanceOf(account)
    expect(its).toEqual({ availableMicros: 360, heldMicros: 100, spentMicros: 40 })
    await settled('b', charge(100))
    const payer = { ownerId: account, userId: account, keyId: null }
    await inTransaction((tx) => holdFor(tx, { payer, holds: [aHold('c')], now }))
    expect(await balanceOf(account)).toEqual({
      availableMicros: 260,
      heldMicros: 100,
      spentMicros: 140,
    })
    expect(await spentBy(`user:${account}`)).toMatchObject({ '2026-11-27': 240 })
    expect(await spentBy(`user:${owner}`)).toEqual({})
  })
})
