import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { says } from '../../../tests/support/says.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { database } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import { env } from '../../env.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { startVariations } from './start.ts'

withTestDatabase(manyConnections)
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  await forgetEverything()
  await database().delete(idempotencyKey)
})

function start(differences: object, { key = null as string | null, ownerId = 'anna' } = {}) {
  const body = { prompt: 'a fox', duration: 2, model: 'local-preview', ...differences }
  return startVariations({ caller: callerNamed(ownerId), body, idempotencyKey: key })
}

const idsOf = (files: { id: string }[]) => files.map(({ id }) => id)

describe('S6: a cap of unfinished videos an owner', () => {
  const cap = 6
  beforeEach(() => void Object.assign(env(), { UNFINISHED_PER_OWNER: cap }))
  afterEach(() => void Object.assign(env(), { UNFINISHED_PER_OWNER: 20 }))
  const openOf = () => database().$count(generation, eq(generation.ownerId, 'anna'))

  test('is told in words, and with a code', async () => {
    await start({ variations: 4 })
    const refused = { code: 'too_many_unfinished', status: 429 }
    await expect(start({ variations: 4 })).rejects.toMatchObject({
      ...refused,
      userMessage: says(
        'You have 4 unfinished videos and images, and this request adds 4. The limit is 6. ' +
          'Wait for one to finish, or cancel one, then try again.',
      ),
    })
    // All variations or none.
    expect(await openOf()).toBe(4)
    await start({ variations: 2 })
    await expect(start({})).rejects.toMatchObject(refused)
  })

  test('is not passed by starts at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => start({ variations: (index % 2) + 1 })),
    )
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    expect(await openOf()).toBeLessThanOrEqual(cap)
    expect(await openOf()).toBeGreaterThanOrEqual(cap - 1)
  })

  test('refuses no start that was accepted before', async () => {
    const first = await start({ variations: 4 }, { key: 'click' })
    await start({ variations: 2 })
    expect(idsOf(await start({ variations: 4 }, { key: 'click' }))).toEqual(idsOf(first))
    const twice = await Promise.all([
      start({ variations: 4 }, { key: 'click' }),
      start({ variations: 4 }, { key: 'click' }),
    ])
    expect(twice.map(idsOf)).toEqual([idsOf(first), idsOf(first)])
  })

  test('counts what is not finished, and one owner alone', async () => {
    const [first] = await start({ variations: 4 })
    await start({ variations: 2 })
    await database()
      .update(generation)
      .set({ state: 'completed' })
      .where(eq(generation.id, first!.id))
    await start({})
    await expect(start({})).rejects.toMatchObject({ code: 'too_many_unfinished' })
    await start({}, { ownerId: 'ben' })
  })
})
