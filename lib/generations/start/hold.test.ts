import { eq, sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sayIn } from '#lib/messages/translate'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { hold, transfer } from '../../db/money-schema.ts'
import { env } from '../../env.ts'
import { newId } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { balanceOf } from '../../money/accounts.ts'
import { checkLedger } from '../../money/check.ts'
import { setLimits } from '../../money/limits.ts'
import { currentModels, unknownPricesWarning } from '../models.ts'
import type { StartOptions } from './prepare.ts'
import { startVariations } from './start.ts'

process.env.KIE_API_KEY = 'a key'
withTestDatabase(manyConnections)
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const now = new Date('2026-11-30T23:00:00Z')
const inHours = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const veo = { prompt: 'a fox', model: 'veo-3.1-fast' }
const priceMicros = 400_000

let ownerId = ''
beforeEach(async () => {
  await forgetEverything()
  ownerId = newId('token')
})
afterEach(() => void Object.assign(env(), { PRICE_FACTOR: { all: 1_000_000, byModel: {} } }))

function start(differences: object = {}, options: Partial<StartOptions> = {}) {
  const body = { ...veo, ...differences }
  return startVariations({
    caller: callerNamed(ownerId),
    body,
    idempotencyKey: null,
    now,
    ...options,
  })
}

const rowsOf = () => database().select().from(generation).where(eq(generation.ownerId, ownerId))
const transfersOf = () => database().select().from(transfer).where(eq(transfer.ownerId, ownerId))

describe('a start', () => {
  test('says who started it, and with which key', async () => {
    const caller = callerNamed(ownerId, { userId: 'user_of_it', keyId: 'key_7' })
    const [row] = await start({}, { caller })
    const who = { ownerId, keyId: 'key_7' }
    expect(row).toMatchObject({ ...who, startedBy: 'user_of_it', heldMicros: priceMicros })
    const [held] = await database().select().from(hold).where(eq(hold.generationId, row!.id))
    expect(held).toMatchObject({ ...who, userId: 'user_of_it', amountMicros: priceMicros })
  })

  test('holds and starts, or does neither', async () => {
    const broken = () => Promise.reject(new Error('the door is shut'))
    await expect(start({ variations: 2 }, { alongside: broken })).rejects.toThrow('shut')
    expect([await rowsOf(), await transfersOf()]).toEqual([[], []])
    expect((await balanceOf(ownerId)).heldMicros).toBe(0)
  })

  test('that fails with its last word to the database holds nothing either', async () => {
    const run = (statement: string) => database().execute(sql.raw(statement))
    await run(`create function refuse_commit() returns trigger language plpgsql as
      $$ begin raise exception 'the commit fails'; end $$`)
    await run(`create constraint trigger refused after insert on generation
      deferrable initially deferred for each row execute function refuse_commit()`)
    await expect(start({ variations: 2 })).rejects.toThrow()
    await run('drop function refuse_commit cascade')
    expect([await rowsOf(), await transfersOf()]).toEqual([[], []])
    await start({ variations: 2 })
    expect(await transfersOf()).toHaveLength(2)
  })

  test('whose video says another charge than its hold is found by the check', async () => {
    const [row] = await start()
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
    await setRow(row!.id, { chargedMicros: 7 })
    expect((await checkLedger()).examples).toEqual([`video ${row!.id}: 7, not 0`])
    await setRow(row!.id, { chargedMicros: null })
  })

  test('of a video of the last hour holds nothing', async () => {
    const [first] = await start()
    await setFinished(first!.id, { finishedAt: now })
    expect(await start({ useCache: true })).toMatchObject([{ id: first!.id }])
    expect(await transfersOf()).toHaveLength(1)
  })

  test('keeps the price of its moment, by model', async () => {
    const byModel = { 'veo-3.1-fast': 2_000_000 }
    Object.assign(env(), { PRICE_FACTOR: { all: 1_100_000, byModel } })
    const models = await currentModels(now, callerNamed('anna'))
    const priceOf = (id: string) => models.find((model) => model.id === id)!.price
    expect(priceOf('veo-3.1-fast')).toEqual({ perRunUsd: 0.8, perSecondUsd: 0 })
    expect(priceOf('kling-3').perSecondUsd).toBeCloseTo(0.099)
    const [row] = await start()
    Object.assign(env(), { PRICE_FACTOR: { all: 1_000_000, byModel: {} } })
    expect(row).toMatchObject({ quotedMicros: 800_000, heldMicros: 800_000, priceMicros })
    expect(row).toMatchObject({ priceFactor: 2_000_000 })
  })
})

test('a price factor for a model that is not there is told at the start', () => {
  expect(unknownPricesWarning()).toBeUndefined()
  const byModel = { 'veo-3.1-fast': 1_200_000, 'veo-3.1-fats': 1_500_000 }
  Object.assign(env(), { PRICE_FACTOR: { all: 1_000_000, byModel } })
  expect(sayIn('en', unknownPricesWarning()!)).toContain(
    'PRICE_FACTOR names veo-3.1-fats, which is none of the models',
  )
})

describe('a limit', () => {
  test('that is passed with others is told by the one that resets last', async () => {
    await setLimits(`user:${ownerId}`, { dayMicros: priceMicros, monthMicros: null }, null, now)
    const organization = { dayMicros: null, monthMicros: priceMicros }
    await setLimits(`organization:org${ownerId}`, organization, null, now)
    const caller = callerNamed(ownerId, { ownerId: `org${ownerId}`, userId: ownerId })
    const at = new Date('2026-11-20T23:00:00Z')
    await start({}, { caller, now: at })
    await expect(start({}, { caller, now: at })).rejects.toMatchObject({
      retryAfterSeconds: 10 * 86_400 + 3_600,
      userMessage: { values: { scope: 'organization', period: 'month' } },
    })
    // That it lets so much through never goes before all others.
    await setLimits(`user:${ownerId}`, { dayMicros: priceMicros - 1, monthMicros: null }, null, at)
    await expect(start({}, { caller, now: at })).rejects.toMatchObject({
      userMessage: { key: 'money.limitTooLow', values: { scope: 'user', period: 'day' } },
    })
  })

  test('refuses a batch whole, and resets by the clock', async () => {
    const dayMicros = 3 * priceMicros
    await setLimits(`user:${ownerId}`, { dayMicros, monthMicros: null }, null, now)
    await start({ variations: 2 })
    const refused = { code: 'spending_limit_reached', status: 429, retryAfterSeconds: 3_600 }
    await expect(start({ variations: 2 })).rejects.toMatchObject(refused)
    expect(await rowsOf()).toHaveLength(2)
    await start()
    await expect(start()).rejects.toMatchObject(refused)
    await start({ variations: 3 }, { now: inHours(1) })
    expect((await balanceOf(ownerId)).heldMicros).toBe(6 * priceMicros)
  })

  test('of a month outlasts the day, and ends with it here', async () => {
    const limits = { dayMicros: null, monthMicros: priceMicros }
    await setLimits(`user:${ownerId}`, limits, null, now)
    await start({}, { now: inHours(-24) })
    await expect(start()).rejects.toMatchObject({ code: 'spending_limit_reached' })
    await start({}, { now: inHours(1) })
  })

  test('never refuses what was started before', async () => {
    const limits = { dayMicros: priceMicros, monthMicros: null }
    await setLimits(`user:${ownerId}`, limits, null, now)
    const [first] = await start({}, { idempotencyKey: 'click' })
    expect(await start({}, { idempotencyKey: 'click' })).toMatchObject([{ id: first!.id }])
    await expect(start()).rejects.toMatchObject({ code: 'spending_limit_reached' })
  })

  test('is not passed by starts at once', async () => {
    await setLimits(`user:${ownerId}`, { dayMicros: 3 * priceMicros, monthMicros: null }, null, now)
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => start()))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
  })
})
