import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { describe, expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { expectedTime, usualSeconds } from './expected-time.ts'
import { currentModels } from '../models.ts'
import type { Patch } from '../transitions/change.ts'

const { test, bed } = veoBed()

/** A finished video that took so many seconds. */
async function run(
  seconds: number,
  queue: typeof queueVeo | typeof queueFile = queueVeo,
  differences: Patch = {},
) {
  const { id } = await queue(bed.deps)
  bed.deps.pass(1_000_000)
  const finishedAt = bed.deps.now()
  const startedAt = new Date(finishedAt.getTime() - seconds * 1000)
  await setRow(id, { state: 'completed', startedAt, finishedAt, ...differences })
  forgetProcessWide('past runs')
}

const hd = { width: 1280, height: 720, duration: 8 }
const small = { width: 854, height: 480, duration: 2 }
const veo = (differences = {}) => expectedTime('veo-3.1-fast', { ...hd, ...differences })
const local = (differences = {}) => expectedTime('local-preview', { ...small, ...differences })

describe('how long a video takes', () => {
  test('is the catalogue’s word before the first run', async () => {
    expect(await veo()).toEqual({ seconds: 90, p90Seconds: null, runs: 0 })
    expect(await local()).toBeNull()
    expect(await expectedTime('no such model', hd)).toBeNull()
  })

  test('is the median of the runs; of few the slowest tenth is not told', async () => {
    for (const seconds of [70, 10, 30]) await run(seconds)
    expect(await veo()).toEqual({ seconds: 30, p90Seconds: null, runs: 3 })
  })

  test('is told with what the slowest tenth takes, from five runs on', async () => {
    for (const seconds of [50, 10, 40, 20, 30]) await run(seconds)
    expect(await veo()).toEqual({ seconds: 30, p90Seconds: 50, runs: 5 })
  })

  test('looks back on twenty runs', async () => {
    for (let old = 0; old < 5; old++) await run(500)
    for (let seconds = 1; seconds <= 20; seconds++) await run(seconds)
    expect(await veo()).toEqual({ seconds: 11, p90Seconds: 19, runs: 20 })
  })

  test('counts no run that failed, and none of another model', async () => {
    await run(10)
    await run(500, queueVeo, { state: 'failed' })
    await run(500, queueVeo, { model: 'veo-3.1' })
    expect(await veo()).toMatchObject({ seconds: 10, runs: 1 })
  })

  test('grows with pixels and seconds on this machine, and there alone', async () => {
    await run(10, queueFile)
    await run(10)
    expect(await local({ duration: 4 })).toMatchObject({ seconds: 20 })
    expect(await local({ width: 1920, height: 1080 })).toMatchObject({ seconds: 51 })
    expect(await veo({ duration: 4 })).toMatchObject({ seconds: 10 })
  })

  test('is never told as nothing', async () => {
    await run(0)
    expect(await veo()).toMatchObject({ seconds: 1 })
  })
})

describe('what a model usually takes', () => {
  test('is the median of its latest twenty runs', async () => {
    for (let old = 0; old < 5; old++) await run(500)
    for (let seconds = 1; seconds <= 20; seconds++) await run(seconds)
    await run(40, queueFile)
    await run(999, queueVeo, { state: 'failed' })
    const usual = await usualSeconds()
    expect(Object.fromEntries(usual)).toEqual({ 'veo-3.1-fast': 11, 'local-preview': 40 })

    const models = await currentModels(bed.deps.now(), callerNamed('anna'), {
      usualSeconds: usual,
    })
    const shown = Object.fromEntries(models.map((model) => [model.id, model.usualSeconds]))
    expect(shown).toMatchObject({ 'veo-3.1-fast': 11, 'local-preview': 40, 'veo-3.1': 150 })
  })
})
