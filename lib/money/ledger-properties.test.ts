import fc from 'fast-check'
import { and, eq, like, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  Crashed,
  inCrashingTransaction,
} from '../../tests/support/database/crashing-transaction.ts'
import { manyConnections, withTestDatabase } from '../../tests/support/database/test-database.ts'
import { type Transaction, database, inTransaction } from '../db/client.ts'
import { hold, ledgerAccount, spending, topUp, transfer } from '../db/money-schema.ts'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { adopterOf } from '../db/queries/adopted.ts'
import { adoptMoney } from './adopt-money.ts'
import { checkLedger } from './check.ts'
import { grant } from './grants.ts'
import { type Outcome, holdFor, settle } from './holds.ts'
import { setLimits } from './limits.ts'
import { applyCheckout } from './payments/top-ups.ts'

withTestDatabase(manyConnections)
beforeAll(() => void Object.assign(env(), { BILLING: 'credits' }))

const now = new Date('2026-11-27T23:59:00Z')
const connections = 20
const limitMicros = 1_500
// `npm run test:long` plays more.
const numRuns = process.env.PLANS ? 40 : 8

const step = fc.record({
  what: fc.constantFrom(
    'grant',
    'take',
    'hold',
    'hold',
    'hold',
    'settle',
    'settle',
    'adopt',
    'pay',
    'pay',
  ),
  who: fc.nat(5),
  pick: fc.nat(1_000),
  amounts: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 4 }),
  costMicros: fc.nat(600),
  isUncertain: fc.boolean(),
  /** In front of which statement the connection is lost; mostly it is not. */
  crashAt: fc.oneof(
    { weight: 2, arbitrary: fc.constant(Infinity) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
  ),
})
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

// What is in the ledger stays there: every run has owners of its own.
let runs = 0

/** Owners of a run: two accounts with a visitor each that they adopt, one of an organization, and one with an API key. */
function stage() {
  const run = `run${(runs += 1)}`
  const of = (name: string) => `${run}${name}`
  const alone = (name: string, keyId: string | null = null) => ({
    ownerId: of(name),
    userId: of(name),
    keyId,
  })
  const payers = [
    alone('anna'),
    alone('bert'),
    alone('annasvisit'),
    alone('bertsvisit'),
    { ownerId: of('org'), userId: of('anna'), keyId: null },
    alone('cleo', of('key')),
  ]
  const limited = [`organization:${of('org')}`, `key:${of('key')}`]
  const payments = [] as string[]
  return { run, payers, limited, payments, started: [] as { id: string; isLimited: boolean }[] }
}
type Stage = ReturnType<typeof stage>

function transact<T>(crashAt: number, work: (tx: Transaction) => Promise<T>) {
  return crashAt === Infinity ? inTransaction(work) : inCrashingTransaction(crashAt, work)
}

async function play(on: Stage, { what, who, pick, amounts, ...more }: Step, index: number) {
  const { costMicros, isUncertain, crashAt } = more
  const payer = on.payers[who]!
  if (what === 'grant' || what === 'take') {
    const sign = what === 'grant' ? 3 : -1
    const given = { ownerId: payer.ownerId, byUserId: null, note: null }
    await grant({ ...given, amountMicros: sign * (costMicros + 1) })
  } else if (what === 'hold') {
    const holds = amounts.map((amountMicros, place) => ({
      generationId: `${on.run}_${index}_${place}`,
      amountMicros,
      priceFactor: 1_500_000,
      model: 'veo',
    }))
    // Another request may settle it as soon as it is committed, whatever this one hears of that.
    on.started.push(...holds.map(({ generationId: id }) => ({ id, isLimited: who > 3 })))
    await transact(crashAt, async (tx) => {
      const ownerId = await adopterOf(payer.ownerId, tx)
      const userId = payer.userId === payer.ownerId ? ownerId : payer.userId
      await holdFor(tx, { payer: { ...payer, ownerId, userId }, holds, now })
    })
  } else if (what === 'settle') {
    const meant = on.started[pick % (on.started.length || 1)]
    if (!meant) return
    // What is learned late counts, also above a limit: those under one are settled in the same way each time.
    const cost = meant.isLimited ? 100 : costMicros
    const outcome: Outcome =
      pick % 4 === 0 && !meant.isLimited
        ? { kind: 'keep', isUncertain }
        : { kind: 'charge', costMicros: cost, isUncertain: isUncertain && !meant.isLimited }
    await transact(crashAt, (tx) => settle(tx, meant.id, outcome, now))
  } else if (what === 'pay') {
    const id = pick % 3 === 0 ? on.payments[pick % on.payments.length] : undefined
    const meant = id ?? (await aCheckout(on, payer.ownerId, index))
    const state = { ...paid, refundedCents: id === undefined ? 0 : pick % 4 }
    await transact(crashAt, async (tx) => {
      const [row] = await tx.select().from(topUp).where(eq(topUp.id, meant)).for('update')
      await applyCheckout(tx, row!, state, now)
    })
  } else {
    const [from, to] = pick % 2 ? [2, 0] : [3, 1]
    await transact(crashAt, (tx) => adopt(tx, on.payers[from]!.ownerId, on.payers[to]!.ownerId))
  }
}

// Of three cents, which are many holds.
const paid = {
  isPaid: true,
  end: null,
  cents: 3,
  currency: 'usd',
  paymentId: null,
  isDisputed: false,
}

async function aCheckout(on: Stage, payerId: string, index: number) {
  const id = `${on.run}_checkout_${index}`
  await inTransaction(async (tx) => {
    const ownerId = await adopterOf(payerId, tx)
    const row = { id, ownerId, userId: ownerId, amountMicros: 30_000, createdAt: now }
    await tx.insert(topUp).values(row)
  })
  on.payments.push(id)
  return id
}

async function adopt(tx: Transaction, from: string, to: string) {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`adopt ${from}`}, 0))`)
  await tx.execute(
    sql`insert into adoption (from_id, to_id) values (${from}, ${to}) on conflict do nothing`,
  )
  await adoptMoney(tx, from, to)
}

/** Refusals are part of the game; a deadlock, a constraint that holds us back or a lost lock is not. */
function isExpected(error: unknown) {
  if (error instanceof Crashed) return true
  if (!(error instanceof AppError)) return false
  return ['insufficient_credits', 'spending_limit_reached'].includes(error.code)
}

async function playAll(on: Stage, steps: Step[]) {
  for (const scope of on.limited)
    await setLimits(scope, { dayMicros: limitMicros, monthMicros: null }, null, now)
  const queue = [...steps.entries()]
  const unexpected: unknown[] = []
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, one] = next
      await play(on, one, index).catch((error: unknown) => {
        if (!isExpected(error)) unexpected.push(error)
      })
    }
  }
  await Promise.all(Array.from({ length: connections }, work))
  expect(unexpected).toEqual([])
}

async function assertSound(on: Stage) {
  const report = await checkLedger()
  expect(report).toMatchObject({ sum: '0', mismatches: 0, examples: [] })
  const ofRun = like(hold.generationId, `${on.run}\\_%`)
  const holds = await database().select().from(hold).where(ofRun)
  const moves = await database()
    .select()
    .from(transfer)
    .where(like(transfer.generationId, `${on.run}\\_%`))
  const movesOf = Map.groupBy(moves, ({ generationId }) => generationId)
  for (const one of holds) assertSettledOnce(one, movesOf.get(one.generationId) ?? [])
  const mine = like(ledgerAccount.id, `available:${on.run}%`)
  for (const { balance } of await database().select().from(ledgerAccount).where(mine))
    expect(balance).toBeGreaterThanOrEqual(0)
  for (const scope of on.limited) {
    const [day] = await database()
      .select()
      .from(spending)
      .where(and(eq(spending.scope, scope), eq(spending.period, '2026-11-27')))
    expect(day?.micros ?? 0).toBeLessThanOrEqual(limitMicros)
  }
}

function assertSettledOnce(
  { amountMicros, chargedMicros }: typeof hold.$inferSelect,
  moves: (typeof transfer.$inferSelect)[],
) {
  const first = moves.filter(({ key }) => /^(settle|return):[^:]+$/.test(key))
  expect(moves.filter(({ kind }) => kind === 'held')).toMatchObject([{ amount: amountMicros }])
  const settled = first.reduce((sum, { amount }) => sum + amount, 0)
  expect(settled).toBe(chargedMicros === null ? 0 : amountMicros)
  expect(chargedMicros ?? 0).toBeLessThanOrEqual(amountMicros)
}

describe(`under ${connections} connections, some of which are lost between two statements`, () => {
  test('nothing is lost, charged twice, below zero or above a limit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 200 }), async (steps) => {
        const on = stage()
        await playAll(on, steps)
        await assertSound(on)
      }),
      { numRuns, endOnFailure: true },
    )
  })

  test('100 holds at once on money for 10: 10 are accepted', async () => {
    const ownerId = 'hundred'
    await grant({ ownerId, amountMicros: 1_000, byUserId: null, note: null })
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        inTransaction((tx) =>
          holdFor(tx, {
            payer: { ownerId, userId: ownerId, keyId: null },
            holds: [
              {
                generationId: `hundred_${index}`,
                amountMicros: 100,
                priceFactor: 1e6,
                model: 'veo',
              },
            ],
            now,
          }),
        ),
      ),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    for (const one of results)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'insufficient_credits' })
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  })
})

describe('the ledger', () => {
  test.each([
    `update ledger_account set balance = balance + 1 where id = 'available:hundred'`,
    `update ledger_account set id = 'available:other' where id = 'available:hundred'`,
    `insert into ledger_account (id, balance) values ('available:thief', 100)`,
    `delete from ledger_account where id = 'available:hundred'`,
    `truncate ledger_account cascade`,
    `update ledger_transfer set amount = amount + 1 where credit = 'available:hundred'`,
    `delete from ledger_transfer where credit = 'available:hundred'`,
    `truncate ledger_transfer`,
    `insert into ledger_transfer (key, kind, debit, credit, amount)
      values ('negative', 'granted', 'grants', 'available:hundred', -5)`,
    `insert into ledger_transfer (key, kind, debit, credit, amount)
      values ('round', 'granted', 'available:hundred', 'available:hundred', 5)`,
    `insert into ledger_transfer (key, kind, debit, credit, amount)
      values ('too much', 'granted', 'available:hundred', 'grants', 1000000)`,
    `insert into ledger_transfer (key, kind, debit, credit, amount)
      values ('nowhere', 'granted', 'grants', 'available:unknown', 5)`,
  ])('refuses: %s', async (statement) => {
    // An integrity constraint (class 23), and not a slip in the statement.
    await expect(database().execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { code: expect.stringMatching(/^23/) as string },
    })
  })

  test('is found unsound where the triggers were put aside', async () => {
    await database().transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`)
      await tx.execute(
        sql`update ledger_account set balance = balance + 7 where id = 'available:hundred'`,
      )
      await tx.execute(sql`update hold set charged_micros = 3 where generation_id = 'hundred_0'`)
    })
    const report = await checkLedger()
    expect(report.sum).toBe('7')
    expect(report.mismatches).toBeGreaterThan(0)
    expect(report.examples).toContain('available:hundred: 7, not 0')
  })
})
