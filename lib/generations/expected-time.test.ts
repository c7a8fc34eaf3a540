import { beforeEach, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { queueVeo, veoProviders } from '../../tests/support/queue-veo.ts'
import { withTestDatabase } from '../../tests/support/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../tests/support/test-generation.ts'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { usualSeconds } from './expected-time.ts'
import { currentModels } from './models.ts'
import { expectedTime } from './expected-time.ts'

withTestDatabase()

let deps: TestGeneration
beforeEach(async () => {
  await forgetEverything()
  deps = testGeneration((await veoProviders()).kie)
})

/** A finished video that took so many seconds. */
async function run(
  seconds: number,
  queue: typeof queueVeo | typeof queueFile = queueVeo,
  differences: Partial<typeof file.$inferInsert> = {},
) {
  const { id } = await queue(deps)
  deps.pass(1_000_000)
  const finishedAt = deps.now()
  const startedAt = new Date(finishedAt.getTime() - seconds * 1000)
  await database()
    .update(file)
    .set({ state: 'completed', startedAt, finishedAt, ...differences })
    .where(eq(file.id, id))
}

const veo = { model: 'veo-3.1-fast', aspectRatio: '16:9', resolution: '720p', duration: 8 } as const
const local = { ...veo, model: 'local-preview', resolution: '480p', duration: 2 } as const

describe('how long a video takes', () => {
  test('is the catalogue’s word before the first run', async () => {
    expect(await expectedTime(veo)).toEqual({ seconds: 90, p90Seconds: null, runs: 0 })
    expect(await expectedTime(local)).toBeNull()
    expect(await expectedTime({ ...veo, model: 'no such model' })).toBeNull()
  })

  test('is the median of the runs; of few the slowest tenth is not told', async () => {
    for (const seconds of [70, 10, 30]) await run(seconds)
    expect(await expectedTime(veo)).toEqual({ seconds: 30, p90Seconds: null, runs: 3 })
  })

  test('is told with what the slowest tenth takes, from five runs on', async () => {
    for (const seconds of [50, 10, 40, 20, 30]) await run(seconds)
    expect(await expectedTime(veo)).toEqual({ seconds: 30, p90Seconds: 50, runs: 5 })
  })

  test('looks back on twenty runs', async () => {
    for (let old = 0; old < 5; old++) await run(500)
    for (let seconds = 1; seconds <= 20; seconds++) await run(seconds)
    expect(await expectedTime(veo)).toEqual({ seconds: 11, p90Seconds: 19, runs: 20 })
  })

  test('counts no run that failed, and none of another model', async () => {
    await run(10)
    await run(500, queueVeo, { state: 'failed' })
    await run(500, queueVeo, { model: 'veo-3.1' })
    expect(await expectedTime(veo)).toMatchObject({ seconds: 10, runs: 1 })
  })

  test('grows with pixels and seconds on this machine, and there alone', async () => {
    await run(10, queueFile)
    await run(10)
    expect(await expectedTime({ ...local, duration: 4 })).toMatchObject({ seconds: 20 })
    expect(await expectedTime({ ...local, resolution: '1080p' })).toMatchObject({ seconds: 51 })
    expect(await expectedTime({ ...veo, duration: 4 })).toMatchObject({ seconds: 10 })
  })

  test('is never told as nothing', async () => {
    await run(0)
    expect(await expectedTime(veo)).toMatchObject({ seconds: 1 })
  })
})

describe('what a model usually takes', () => {
  test('is the median of its last thirty days', async () => {
    for (const seconds of [500, 500, 500]) await run(seconds)
    deps.pass(30 * 24 * 60 * 60_000)
    for (const seconds of [10, 20]) await run(seconds)
    await run(40, queueFile)
    await run(999, queueVeo, { state: 'failed' })
    const usual = await usualSeconds(deps.now())
    expect(Object.fromEntries(usual)).toEqual({ 'veo-3.1-fast': 15, 'local-preview': 40 })

    const models = await currentModels(deps.now(), usual)
    const shown = Object.fromEntries(models.map((model) => [model.id, model.usualSeconds]))
    expect(shown).toMatchObject({ 'veo-3.1-fast': 15, 'local-preview': 40, 'veo-3.1': 150 })
  })
})
