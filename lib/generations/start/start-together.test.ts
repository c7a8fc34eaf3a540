import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { losingTheConnection } from '../../../tests/support/database/crashing-transaction.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { hold } from '../../db/money-schema.ts'
import { env } from '../../env.ts'
import { newId } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { balanceOf } from '../../money/accounts.ts'
import { checkLedger } from '../../money/check.ts'
import { grant } from '../../money/grants.ts'
import { setLimits } from '../../money/limits.ts'
import { deleteGeneration } from '../commands/delete.ts'
import { startTogether } from './start.ts'

process.env.KIE_API_KEY = 'a key'
withTestDatabase(manyConnections)
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const priceMicros = 400_000
let ownerId = ''
beforeEach(async () => {
  await forgetEverything()
  ownerId = newId('token')
})
afterEach(() => void Object.assign(env(), { BILLING: 'off' }))

/** A request for a video of $0.40. */
const aRequest = (prompt: string, key: string | null = null, body: object = {}) => ({
  caller: callerNamed(ownerId),
  body: { model: 'veo-3.1-fast', prompt, ...body },
  idempotencyKey: key,
})

const requests = (...prompts: string[]) =>
  prompts.map((prompt) => aRequest(prompt, `key-${prompt}`))
const rowsOf = () => database().select().from(generation).where(eq(generation.ownerId, ownerId))
const holdsOf = () => database().$count(hold, eq(hold.ownerId, ownerId))
const give = (videos: number) =>
  grant({ ownerId, amountMicros: videos * priceMicros, byUserId: null, note: null })

/** What was started, and whether all of it, and nothing else, is held for. */
async function startedOf() {
  const rows = await rowsOf()
  const { heldMicros } = await balanceOf(ownerId)
  expect(await holdsOf()).toBe(rows.length)
  expect(heldMicros).toBe(rows.length * priceMicros)
  expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  return rows.map(({ prompt }) => prompt).toSorted((a, b) => a.localeCompare(b))
}

describe('several requests that are started together', () => {
  test('are all there, in their order, and all there again under the same keys', async () => {
    const first = await startTogether(requests('a', 'b', 'c'))
    expect(first).toMatchObject(
      ['a', 'b', 'c'].map((prompt) => ({ status: 'fulfilled', value: [{ prompt }] })),
    )
    const idsOf = (all: typeof first) =>
      all.map((one) => (one.status === 'fulfilled' ? one.value[0]!.id : one.reason))
    expect(idsOf(await startTogether(requests('a', 'b', 'c')))).toEqual(idsOf(first))
    expect(await startedOf()).toEqual(['a', 'b', 'c'])
  })

  test('are refused together where the money is there for fewer, with the sum', async () => {
    Object.assign(env(), { BILLING: 'credits' })
    await give(2)
    await expect(startTogether(requests('a', 'b', 'c'))).rejects.toMatchObject({
      code: 'insufficient_credits',
      userMessage: {
        values: { price: { usd: 1.2 }, available: { balanceUsd: 0.8 }, missing: { usd: 0.4 } },
      },
    })
    expect(await startedOf()).toEqual([])
    await give(1)
    await startTogether(requests('a', 'b', 'c'))
    expect(await startedOf()).toEqual(['a', 'b', 'c'])
  })

  test('are refused together by a limit, by the room, by what they may cost and by one of them', async () => {
    const now = new Date()
    await setLimits(`user:${ownerId}`, { dayMicros: 2 * priceMicros, monthMicros: null }, null, now)
    const three = requests('a', 'b', 'c')
    await expect(startTogether(three)).rejects.toMatchObject({ code: 'spending_limit_reached' })
    await setLimits(`user:${ownerId}`, { dayMicros: null, monthMicros: null }, null, now)
    Object.assign(env(), { UNFINISHED_PER_OWNER: 2 })
    await expect(startTogether(three)).rejects.toMatchObject({ code: 'too_many_unfinished' })
    Object.assign(env(), { UNFINISHED_PER_OWNER: 20 })
    await expect(startTogether(three, 3 * priceMicros - 1)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field: 'maxUsd' }],
    })
    const impossible = aRequest('d', null, { duration: 55 })
    await expect(startTogether([...three, impossible])).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(await startedOf()).toEqual([])
    await startTogether(three, 3 * priceMicros)
    expect(await startedOf()).toEqual(['a', 'b', 'c'])
  })

  test('of which some were started before cost what the others cost', async () => {
    Object.assign(env(), { BILLING: 'credits' })
    await give(3)
    await startTogether(requests('a', 'b'))
    await startTogether(requests('a', 'b', 'c'), priceMicros)
    expect(await startedOf()).toEqual(['a', 'b', 'c'])
  })

  test('of which one was started before and is deleted are there but for that one', async () => {
    await startTogether(requests('a'))
    await deleteGeneration(ownerId, (await rowsOf())[0]!.id)
    expect(await startTogether(requests('a', 'b'))).toMatchObject([
      { status: 'rejected', reason: { code: 'not_found' } },
      { status: 'fulfilled', value: [{ prompt: 'b' }] },
    ])
  })

  test('are held for with their rows, or neither, wherever the connection is lost', async () => {
    let crashAt = 1
    while (await losingTheConnection(crashAt, () => startTogether(requests('a', 'b', 'c')))) {
      expect(await startedOf()).toEqual([])
      crashAt += 1
    }
    expect(await startedOf()).toEqual(['a', 'b', 'c'])
    // Three inserts with their keys and their room, and the hold.
    expect(crashAt).toBeGreaterThan(15)
  })

  test(
    '34 times three at once on money for ten videos: three are accepted, whole',
    { tags: 'long' },
    async () => {
      Object.assign(env(), { BILLING: 'credits' })
      await give(10)
      const results = await Promise.allSettled(
        Array.from({ length: 34 }, (_, index) =>
          startTogether(['a', 'b', 'c'].map((prompt) => aRequest(`${prompt}${index}`))),
        ),
      )
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3)
      expect(await startedOf()).toHaveLength(9)
    },
  )
})
