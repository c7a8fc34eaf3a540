import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { findModel } from '../../ai/models/catalogue.ts'
import { database } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import { startCooldown } from '../cooldowns.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { readGenerationRequest } from './request.ts'
import { startVariations } from './start.ts'

process.env.KIE_API_KEY = 'a key'
process.env.GOOGLE_CLOUD_PROJECT = 'a project'
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  await forgetEverything()
  await database().delete(idempotencyKey)
})

const now = new Date('2026-11-21T12:00:00Z')
const veo = { prompt: 'a fox in the snow', model: 'veo-3.1-fast' }
const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

function start(
  differences: object = {},
  { key = null as string | null, at = now, ownerId = 'anna' } = {},
) {
  const body = { ...veo, ...differences }
  return startVariations({ caller: callerNamed(ownerId), body, idempotencyKey: key, now: at })
}

const rows = () => database().select().from(generation)
const idsOf = (files: { id: string }[]) => files.map(({ id }) => id)
const coolDown = (provider: string) =>
  startCooldown({
    provider,
    until: inMinutes(15),
    errorCode: 'insufficient_credits',
    reason: 'The account has run out of credits.',
    now,
  })

const faultsOf = async (call: Promise<unknown>) => {
  const error = (await call.catch((reason: unknown) => reason)) as { fields?: { field: string }[] }
  return error.fields?.map(({ field }) => field)
}

describe('variations', () => {
  test('are videos of their own, of a seed that counts on', async () => {
    const started = await start({ seed: 4_294_967_294, variations: 4 })
    expect(started.map(({ settings }) => settings.seed)).toEqual([
      4_294_967_294, 4_294_967_295, 0, 1,
    ])
    expect(new Set(idsOf(started)).size).toBe(4)
    for (const row of started)
      expect(row).toMatchObject({
        settings: { isSeedGiven: true },
        quotedMicros: 1_200_000,
      })
  })

  test('are of a seed drawn for each where none was given', async () => {
    const started = await start({ variations: 4 })
    expect(new Set(started.map(({ settings }) => settings.seed)).size).toBe(4)
    expect(started.every(({ settings }) => !settings.isSeedGiven)).toBe(true)
  })

  test('are the same videos again for the same key', async () => {
    const first = await start({ variations: 3 }, { key: 'click' })
    expect(idsOf(await start({ variations: 3 }, { key: 'click' }))).toEqual(idsOf(first))
    expect(await rows()).toHaveLength(3)
  })

  test('are made up where a crash left some out', async () => {
    const [first, second, third] = await start({ variations: 3 }, { key: 'click' })
    await database().delete(generation).where(eq(generation.id, third!.id))
    await database().delete(idempotencyKey).where(eq(idempotencyKey.generationId, third!.id))
    const again = await start({ variations: 3 }, { key: 'click' })
    expect(idsOf(again).slice(0, 2)).toEqual([first!.id, second!.id])
    expect(await rows()).toHaveLength(3)
  })

  test('stay started, also when what they were made from is gone since', async () => {
    const [film] = await start()
    await setFinished(film!.id)
    const body = { model: 'runway-aleph', inputs: { sourceVideo: film!.id } }
    const first = await start(body, { key: 'click' })
    await setRow(film!.id, { deletedAt: now })
    expect(idsOf(await start(body, { key: 'click' }))).toEqual(idsOf(first))
    expect(await faultsOf(start(body))).toEqual(['inputs.sourceVideo'])
  })

  test('are not another number of them under the same key', async () => {
    await start({ variations: 2 }, { key: 'click' })
    await expect(start({ variations: 3 }, { key: 'click' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
    expect(await rows()).toHaveLength(2)
  })

  test.each([1, 3])(
    '%i stay started, also when their provider is in a cooldown since',
    async (count) => {
      const first = await start({ model: 'kling-3', variations: count }, { key: 'click' })
      await coolDown('kie')
      expect(await faultsOf(start({ model: 'kling-3' }))).toEqual(['model'])
      const again = await start({ model: 'kling-3', variations: count }, { key: 'click' })
      expect(idsOf(again)).toEqual(idsOf(first))
    },
  )

  test.each([0, 5, 1.5])('cannot be %d', async (variations) => {
    expect(await faultsOf(start({ variations }))).toEqual(['variations'])
  })
})

describe('a key', () => {
  const bare = (prompt: string) =>
    startVariations({
      caller: callerNamed('anna'),
      body: { prompt },
      idempotencyKey: 'click',
      now,
    })

  test('is the same request’s also where another model serves by default since', async () => {
    const [first] = await bare('a fox')
    for (const { provider } of findModel(first!.model)!.routes) await coolDown(provider)
    const { settings } = await readGenerationRequest({ prompt: 'a fox' }, callerNamed('anna'), now)
    expect(settings.model).not.toBe(first!.model)
    expect(idsOf(await bare('a fox'))).toEqual([first!.id])
    await expect(bare('a dog')).rejects.toMatchObject({ code: 'idempotency_key_reused' })
  })

  test('of a variation alone does not vouch for what a video starts from', async () => {
    const sourceVideo = 'file_000000000000000000000000'
    const taken = {
      ownerId: 'anna',
      key: 'click#2',
      bodyHash: 'x',
      generationId: 'x',
      createdAt: now,
    }
    await database().insert(idempotencyKey).values(taken)
    const body = { model: 'runway-aleph', inputs: { sourceVideo } }
    expect(await faultsOf(start(body, { key: 'click' }))).toEqual(['inputs.sourceVideo'])
    expect(await rows()).toEqual([])
  })
})

describe('an owner whose session has not been seen again yet', () => {
  const newcomer = (model: string) =>
    startVariations({
      caller: callerNamed('anna'),
      body: { ...veo, model },
      idempotencyKey: 'click',
      isNewcomer: true,
      now,
    })

  test('starts nothing that is paid for: a lost answer would cost another video', async () => {
    await expect(newcomer('veo-3.1-fast')).rejects.toMatchObject({ code: 'session_required' })
    expect(await rows()).toEqual([])
    expect(await start({}, { key: 'click' })).toHaveLength(1)
  })

  test('starts what is free', async () => {
    expect(await newcomer('local-preview')).toHaveLength(1)
  })
})

describe('an identical video of the last hour', () => {
  async function finished(differences: object = {}, minutes = 0) {
    const [row] = await start(differences)
    await setRow(row!.id, { state: 'completed', finishedAt: inMinutes(minutes) })
    return row!.id
  }
  const again = async (differences: object = {}, options = {}) =>
    (await start({ useCache: true, ...differences }, options))[0]!.id

  test('is given back where that was asked for, and only then', async () => {
    const id = await finished()
    expect(await again()).toBe(id)
    expect(await again({ useCache: false })).not.toBe(id)
  })

  test('is what the key stands for from then on', async () => {
    const id = await finished()
    expect(await again({}, { key: 'click' })).toBe(id)
    expect(await again({}, { key: 'click', at: inMinutes(61) })).toBe(id)
    await expect(again({ seed: 7 }, { key: 'click' })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
    expect(await rows()).toHaveLength(1)
  })

  test('is the same whatever it may cost, and however it is spelled', async () => {
    const id = await finished({ maxUsd: 2 })
    expect(await again({ aspectRatio: '9:16', duration: 8, prompt: ` ${veo.prompt} ` })).toBe(id)
  })

  test.each([
    { prompt: 'a fox in the rain' },
    { seed: 7 },
    { duration: 6 },
    { resolution: '1080p' },
    { aspectRatio: '16:9' },
    { model: 'veo-3.1' },
    { negativePrompt: 'text' },
    { generateAudio: false },
  ])('is none with %j', async (difference) => {
    const id = await finished()
    expect(await again(difference)).not.toBe(id)
  })

  test('is none of another owner', async () => {
    const id = await finished()
    expect(await again({}, { ownerId: 'boris' })).not.toBe(id)
  })

  test('is none after an hour', async () => {
    const id = await finished()
    expect(await again({}, { at: inMinutes(59) })).toBe(id)
    expect(await again({}, { at: inMinutes(60) })).not.toBe(id)
  })

  test.each([
    ['has failed', { state: 'failed' as const, finishedAt: now }],
    ['is on its way', { state: 'waiting' as const }],
    ['was deleted', { state: 'completed' as const, finishedAt: now, deletedAt: now }],
  ])('is none that %s', async (_name, change) => {
    const [row] = await start()
    await setRow(row!.id, change)
    expect(await again()).not.toBe(row!.id)
  })

  test('is none where variations were asked for', async () => {
    const id = await finished()
    expect(idsOf(await start({ useCache: true, variations: 2 }))).not.toContain(id)
  })

  test('is none for a click that has started one already', async () => {
    const [mine] = await start({ useCache: true }, { key: 'click' })
    await finished()
    expect(await again({}, { key: 'click' })).toBe(mine!.id)
  })
})
