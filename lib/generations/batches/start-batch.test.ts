import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { losingTheConnection } from '../../../tests/support/database/crashing-transaction.ts'
import { says } from '../../../tests/support/says.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { anImage } from '../../../tests/support/generations/test-chat.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { batch } from '../../db/library-schema.ts'
import { hold } from '../../db/money-schema.ts'
import { env } from '../../env.ts'
import { newId } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { checkLedger } from '../../money/check.ts'
import { grant } from '../../money/grants.ts'
import { cancelBatch, findBatch, listBatches } from './batches.ts'
import { estimateBatch, startBatch } from './start-batch.ts'

process.env.KIE_API_KEY = 'a key'
withTestDatabase(manyConnections)
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

let ownerId = ''
beforeEach(async () => {
  await forgetEverything()
  ownerId = newId('token')
})
afterEach(() => void Object.assign(env(), { BILLING: 'off', UNFINISHED_PER_OWNER: 20 }))

const origin = { door: 'api', place: null } as const
const veo = (prompt: string, more: object = {}) => ({ model: 'veo-3.1-fast', prompt, ...more })
const rowsOf = () =>
  database()
    .select()
    .from(generation)
    .where(eq(generation.ownerId, ownerId))
    .orderBy(generation.batchRow)
const batchesOf = () => database().$count(batch, eq(batch.ownerId, ownerId))

function start(rows: unknown[], more: object = {}, idempotencyKey: string | null = null) {
  return startBatch({
    caller: callerNamed(ownerId),
    body: { rows, ...more },
    idempotencyKey,
    origin,
  })
}

describe('a batch', () => {
  test('is all its rows, in their order, and one thing to look at', async () => {
    const id = await start([veo('a'), veo('b', { variations: 2 }), veo('c')], {
      name: 'Launch',
    })
    const rows = await rowsOf()
    expect(rows.map(({ prompt, batchId, batchRow }) => [prompt, batchId, batchRow])).toEqual([
      ['a', id, 0],
      ['b', id, 1],
      ['b', id, 1],
      ['c', id, 2],
    ])
    expect(await findBatch(ownerId, id)).toMatchObject({
      name: 'Launch',
      total: 4,
      counts: { pending: 4, completed: 0 },
      items: [{ row: 0, prompt: 'a' }, { row: 1 }, { row: 1 }, { row: 2 }],
    })
    expect(await listBatches(ownerId)).toMatchObject([{ id, total: 4, counts: { pending: 4 } }])
    expect(await findBatch('another', id)).toBeUndefined()
    expect(await cancelBatch('another', id)).toBeUndefined()
    expect(await cancelBatch(ownerId, id)).toMatchObject({ counts: { canceled: 4, pending: 0 } })
  })

  test('is canceled as far as it can be, past a row whose film is being stored', async () => {
    const id = await start([veo('a'), veo('b'), veo('c')])
    const [, stored] = await rowsOf()
    await setRow(stored!.id, { state: 'storing' })
    expect(await cancelBatch(ownerId, id)).toMatchObject({
      counts: { canceled: 2, processing: 1, pending: 0 },
    })
  })

  test(
    'of 200 rows is admitted, whatever else the room for one owner is',
    { tags: 'long' },
    async () => {
      const rows = Array.from({ length: 200 }, (_, index) => veo(`number ${index}`))
      const id = await start(rows)
      expect(await findBatch(ownerId, id)).toMatchObject({ total: 200, counts: { pending: 200 } })
      await expect(start(rows)).rejects.toMatchObject({ code: 'too_many_unfinished' })
      expect(await batchesOf()).toBe(1)
    },
  )

  test('under one key is one batch, also twice at once and once its models are off', async () => {
    const rows = [veo('a'), veo('b')]
    const ids = await Promise.all([1, 2, 3].map(() => start(rows, {}, 'order-1')))
    expect(new Set(ids).size).toBe(1)
    delete process.env.KIE_API_KEY
    try {
      expect(await start(rows, {}, 'order-1')).toBe(ids[0])
    } finally {
      process.env.KIE_API_KEY = 'a key'
    }
    expect(await rowsOf()).toHaveLength(2)
    for (const other of [[veo('a')], [veo('a'), veo('b'), veo('c')], [veo('b'), veo('a')]])
      await expect(start(other, {}, 'order-1')).rejects.toMatchObject({
        code: 'idempotency_key_reused',
      })
    expect(await rowsOf()).toHaveLength(2)
  })

  test('under one key is one batch, also where it has left no room for itself', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => veo(`number ${index}`))
    const ids = await Promise.all([1, 2].map(() => start(rows, {}, 'order-3')))
    expect(new Set(ids).size).toBe(1)
    expect(await rowsOf()).toHaveLength(200)
  })

  test('makes a video of each row, also of one that is like an earlier video', async () => {
    await start([veo('a', { useCache: true }), veo('a', { useCache: true })])
    expect(await rowsOf()).toHaveLength(2)
  })

  test('8 rows with 8 pictures are 8 videos, each from its own', async () => {
    const parts = await Promise.all(Array.from({ length: 8 }, () => anImage(ownerId)))
    const pictures = parts.map(({ url }) => /image_[0-9a-z]{24}/.exec(url)![0])
    await start(
      pictures.map((firstFrame, index) => veo(`shot ${index}`, { inputs: { firstFrame } })),
    )
    const rows = await rowsOf()
    expect(rows.map(({ settings }) => settings.inputs?.firstFrame)).toEqual(pictures)
  })
})

describe('a batch of images', () => {
  const still = (prompt: string, more: object = {}) => ({ model: 'nano-banana', prompt, ...more })

  test('8 rows with 8 reference pictures are 8 images, each from its own', async () => {
    const parts = await Promise.all(Array.from({ length: 8 }, () => anImage(ownerId)))
    const pictures = parts.map(({ url }) => /image_[0-9a-z]{24}/.exec(url)![0])
    const shots = pictures.map((id, index) =>
      still(`shot ${index}`, { inputs: { references: [id] } }),
    )
    const id = await start(shots, { kind: 'image' }, 'images-1')
    expect(await start(shots, { kind: 'image' }, 'images-1')).toBe(id)
    const rows = await rowsOf()
    expect(rows.map(({ kind }) => kind)).toEqual(pictures.map(() => 'image'))
    expect(rows.map(({ settings }) => settings.inputs?.references)).toEqual(
      pictures.map((one) => [one]),
    )
    expect(await findBatch(ownerId, id)).toMatchObject({ total: 8, counts: { pending: 8 } })
  })

  test('takes what an image has, and names what only a video has', async () => {
    await expect(
      start([still('a', { resolution: '1K' }), still('b', { duration: 5 })], { kind: 'image' }),
    ).rejects.toMatchObject({ fields: [{ field: 'rows.1.duration' }] })
    await expect(start([veo('a')], { kind: 'image' })).rejects.toMatchObject({
      fields: [{ field: 'rows.0.model' }],
    })
    await expect(start([veo('a')], { kind: 'sound' })).rejects.toMatchObject({
      fields: [{ field: 'kind' }],
    })
    expect(await rowsOf()).toEqual([])
  })

  test('under the key of one of videos is another one', async () => {
    await start([{ prompt: 'a' }], {}, 'both')
    await expect(start([{ prompt: 'a' }], { kind: 'image' }, 'both')).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })
})

describe('a batch that cannot be made', () => {
  test('names every field of every row, and starts nothing', async () => {
    const rows = [
      veo('a'),
      veo(''),
      veo('c', { duration: 55, seed: -1 }),
      { prompt: 'd', model: 'none' },
      veo('e', { inputs: { firstFrame: `image_${'0'.repeat(24)}` } }),
    ]
    await expect(start(rows)).rejects.toMatchObject({
      code: 'invalid_input',
      userMessage: says(/Nothing was started/),
      fields: [
        { field: 'rows.1.prompt' },
        { field: 'rows.2.seed' },
        { field: 'rows.3.model' },
        { field: 'rows.4.inputs' },
      ],
    })
    expect(await rowsOf()).toEqual([])
    expect(await batchesOf()).toBe(0)
  })

  test.each([
    ['none', undefined],
    ['no rows', { rows: [] }],
    ['rows that are no objects', { rows: ['a'] }],
    ['another field', { rows: [veo('a')], more: 1 }],
    ['a limit that is none', { rows: [veo('a')], maxUsd: -1 }],
    ['201 rows', { rows: Array.from({ length: 201 }, () => veo('a')) }],
    [
      '201 videos of fewer rows',
      { rows: Array.from({ length: 67 }, () => veo('a', { variations: 3 })) },
    ],
  ])('is refused: %s', async (_name, body) => {
    const call = startBatch({ caller: callerNamed(ownerId), body, idempotencyKey: null, origin })
    await expect(call).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await rowsOf()).toEqual([])
  })

  test('for want of money is refused whole, and by its own limit too', async () => {
    Object.assign(env(), { BILLING: 'credits' })
    await grant({ ownerId, amountMicros: 800_000, byUserId: null, note: null })
    await expect(start([veo('a'), veo('b'), veo('c')])).rejects.toMatchObject({
      code: 'insufficient_credits',
    })
    await expect(start([veo('a'), veo('b')], { maxUsd: 0.79 })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field: 'maxUsd' }],
    })
    expect(await rowsOf()).toEqual([])
    await start([veo('a'), veo('b')], { maxUsd: 0.8 })
    expect(await rowsOf()).toHaveLength(2)
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  })

  test('is whole or nothing, wherever the connection is lost', async () => {
    let crashAt = 1
    const rows = [veo('a'), veo('b')]
    while (await losingTheConnection(crashAt, () => start(rows, {}, 'order-2'))) {
      expect(await rowsOf()).toEqual([])
      expect(await batchesOf()).toBe(0)
      expect(await database().$count(hold, eq(hold.ownerId, ownerId))).toBe(0)
      crashAt += 1
    }
    expect(await rowsOf()).toHaveLength(2)
    expect(crashAt).toBeGreaterThan(10)
  })
})

test('the estimate of a batch is the sum of its rows', async () => {
  const caller = callerNamed(ownerId)
  const body = {
    rows: [veo('a'), veo('b', { variations: 3 }), { model: 'local-preview', prompt: 'c' }],
  }
  expect(await estimateBatch(body, caller)).toMatchObject({
    usd: 1.6,
    rows: [{ usd: 0.4 }, { usd: 1.2 }, { usd: 0 }],
  })
  expect(await rowsOf()).toEqual([])
})
