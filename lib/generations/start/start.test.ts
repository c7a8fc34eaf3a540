import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { says } from '../../../tests/support/says.ts'
import { describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { AppError } from '../../errors.ts'
import { stopQueue, startQueue } from '../../jobs/queue.ts'
import { findGeneration } from '../queries.ts'
import { requestOf } from '../steps/request.ts'
import { fileViewOf } from '../view.ts'
import { startGeneration } from './start.ts'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import type { Room } from '../../assets/storage/room.ts'
import type { Storage } from '../../assets/storage/storage.ts'
import { forgetProcessWide, processWide } from '../../process-wide.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const body = { prompt: 'a fox in the snow', duration: 2, resolution: '480p' }

const [anna, boris] = [callerNamed('anna'), callerNamed('boris')]

function start(differences: Partial<Parameters<typeof startGeneration>[0]> = {}) {
  return startGeneration({ caller: anna, body, idempotencyKey: null, ...differences })
}

async function codeOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return error instanceof AppError ? error.code : error
}

/** An installation whose disk is as told. */
function withRoom(room: Room) {
  const storage: Storage = { ...productionStorage(), room: async () => room }
  forgetProcessWide('storage')
  processWide('storage', () => storage)
}

describe('P8: on a full disk', () => {
  afterEach(() => forgetProcessWide('storage'))

  test.each<[Room, string]>([
    [{ state: 'full', freeBytes: 12_000_000, reason: 'space' }, 'storage_full'],
    [{ state: 'full', freeBytes: null, reason: 'quota' }, 'storage_full'],
    [{ state: 'unwritable', freeBytes: 9e9, reason: 'read_only' }, 'storage_unavailable'],
  ])('P8: nothing is started, and what was started is still answered', async (room, code) => {
    const key = { caller: callerNamed(`of ${room.reason}`), idempotencyKey: 'before-it-was-full' }
    const { id } = await start(key)
    withRoom(room)
    expect(await codeOf(start({ caller: boris }))).toBe(code)
    expect((await start(key)).id).toBe(id)
  })

  test('P8: nearly full is a warning only', async () => {
    withRoom({ state: 'low', freeBytes: 300_000_000, reason: 'space' })
    expect(await start()).toMatchObject({ state: 'queued' })
  })
})

describe('a prompt that was improved', () => {
  test('stays with its first text, in the view too, and is the same order for a provider', async () => {
    for (const kind of ['video', 'image'] as const) {
      const words = { prompt: 'a fox, slow pan', promptBefore: 'a fox' }
      const row = await start({ body: words, kind })
      expect(row).toMatchObject({ prompt: words.prompt, settings: { promptBefore: 'a fox' } })
      expect(fileViewOf(row).settings).toMatchObject(words)
      expect(requestOf(row)).not.toHaveProperty('promptBefore')
      const plain = await start({
        body: { prompt: words.prompt, promptBefore: words.prompt },
        kind,
      })
      expect(plain.settings).not.toHaveProperty('promptBefore')
      expect(plain.settingsHash.length).toBeGreaterThan(10)
    }
  })
})

describe('starting', () => {
  test('puts one row on record, with a seed drawn and kept', async () => {
    const row = await start()
    expect(row).toMatchObject({
      state: 'queued',
      version: 1,
      ownerId: 'anna',
      settings: { duration: 2 },
      provider: 'local',
    })
    expect(row.settings.seed).toBeGreaterThanOrEqual(0)
    expect(await findGeneration(row.id)).toEqual(row)
  })

  test('the same key and body is the same file, also when both come at once', async () => {
    const key = 'click-1'
    const rows = await Promise.all(Array.from({ length: 6 }, () => start({ idempotencyKey: key })))
    expect(new Set(rows.map((row) => row.id)).size).toBe(1)
    expect((await start({ idempotencyKey: key })).id).toBe(rows[0]!.id)
  })

  test('the order of the fields and defaults spelled out make no other body', async () => {
    const named = { ...body, model: 'local-preview' }
    const first = await start({ idempotencyKey: 'click-2', body: named })
    const spelled = {
      model: 'local-preview',
      resolution: '480p',
      aspectRatio: '9:16',
      duration: 2,
      prompt: ' a fox in the snow ',
    }
    expect((await start({ idempotencyKey: 'click-2', body: spelled })).id).toBe(first.id)
  })

  test('the same key with another body is refused', async () => {
    await start({ idempotencyKey: 'click-3' })
    const other = start({ idempotencyKey: 'click-3', body: { ...body, prompt: 'a dog' } })
    expect(await codeOf(other)).toBe('idempotency_key_reused')
  })

  test("another owner's key is another key", async () => {
    const mine = await start({ idempotencyKey: 'click-4' })
    expect((await start({ idempotencyKey: 'click-4', caller: boris })).id).not.toBe(mine.id)
  })

  test('a key is kept for 24 hours', async () => {
    const first = await start({ idempotencyKey: 'click-5' })
    const tomorrow = new Date(Date.now() + 25 * 60 * 60 * 1000)
    expect((await start({ idempotencyKey: 'click-5', now: tomorrow })).id).not.toBe(first.id)
  })

  test.each(['', 'with space', 'ключ', 'click#2', 'x'.repeat(256)])(
    'the key %j is malformed',
    async (key) => {
      expect(await codeOf(start({ idempotencyKey: key }))).toBe('invalid_idempotency_key')
    },
  )

  test('every faulty field is named', async () => {
    const error = await start({ body: { prompt: '', duration: 99, colour: 1 } }).catch(
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(AppError)
    expect((error as AppError).fields?.map(({ field }) => field).toSorted()).toEqual([
      'colour',
      'prompt',
    ])
    const limits = await start({ body: { prompt: 'x', duration: 99 } }).catch(
      (reason: unknown) => reason,
    )
    expect((limits as AppError).userMessage).toEqual(says(/2 to 10 seconds/))
  })

  test.each([1e13, 1e300, Number.MAX_VALUE])(
    'a limit of $%d is none that is reached, and can be kept',
    async (maxUsd) => {
      const { limitMicros } = await start({ body: { ...body, maxUsd } })
      expect(Number.isSafeInteger(limitMicros)).toBe(true)
      expect(limitMicros).toBeGreaterThan(1e15)
    },
  )

  test.each([null, 7, 'text', []])('%j is no request', async (nonsense) => {
    expect(await codeOf(start({ body: nonsense }))).toBe('invalid_input')
  })
})
