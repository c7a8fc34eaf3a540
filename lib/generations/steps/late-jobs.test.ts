import { describe, expect } from 'vitest'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import type { CheckResult } from '../../ai/providers/provider.ts'
import { fileViewOf } from '../view.ts'
import { findGeneration } from '../queries.ts'
import { advance } from '../engine/advance.ts'

const { test, bed } = veoBed(({ kie }) => testGeneration(kie))

const minute = 60_000
const pending = async (): Promise<CheckResult> => ({ status: 'pending', checkAgainMs: minute })
const viewOf = async (id: string) => fileViewOf((await findGeneration(id))!)

async function waiting() {
  const { id } = await queueVeo(bed.deps)
  await advance(id, bed.deps)
  return id
}

/** How long the next look is put off by one now, in ms. */
async function look(id: string) {
  const { dueAt } = await advance(id, bed.deps, { force: true })
  return dueAt!.getTime() - bed.deps.now().getTime()
}

describe('a job past its deadline', () => {
  test('counts as delayed, is checked more slowly, and still delivered', async () => {
    const done = bed.kie.onCheck
    bed.kie.onCheck = pending
    const id = await waiting()
    bed.deps.pass(30 * minute)
    expect(await look(id)).toBe(minute)
    expect((await viewOf(id)).isDelayed).toBe(false)

    bed.deps.pass(1)
    expect(await look(id)).toBe(5 * minute)
    expect(await viewOf(id)).toMatchObject({ isDelayed: true, status: 'processing' })
    const { version } = await viewOf(id)
    expect(await look(id)).toBe(5 * minute)
    expect((await viewOf(id)).version).toBe(version)

    bed.kie.onCheck = done
    await driveToEnd(id, bed.deps)
    expect(await viewOf(id)).toMatchObject({ status: 'completed', isDelayed: false })
  })

  test('leaves its slot to those behind it', async () => {
    bed.deps = testGeneration(bed.kie, { concurrency: 1 })
    bed.kie.onCheck = pending
    await waiting()
    const next = await waiting()
    expect((await viewOf(next)).state).toBe('queued')
    bed.deps.pass(30 * minute)
    await advance(next, bed.deps)
    expect((await viewOf(next)).state).toBe('waiting')
  })
})

describe('a job the provider does not know', () => {
  const unknown = () => Promise.reject(aProviderError({ retryable: false }, 'not_found_or_expired'))

  test('is asked for again for ten minutes, as often as the user likes, and delivered', async () => {
    const done = bed.kie.onCheck
    const id = await waiting()
    bed.kie.onCheck = unknown
    bed.deps.pass(20 * minute)
    for (let looks = 0; looks < 9; looks++) await look(id)
    bed.deps.pass(10 * minute - 1)
    await look(id)
    expect(await viewOf(id)).toMatchObject({
      state: 'waiting',
      message: 'Kie.ai can’t find this video right now. Checking again.',
    })
    bed.kie.onCheck = done
    await driveToEnd(id, bed.deps)
    expect(await viewOf(id)).toMatchObject({ state: 'completed', message: null })
  })

  test.each<[string, () => Promise<CheckResult>]>([
    ['an outage', () => Promise.reject(aProviderError())],
    ['a sign of life', pending],
  ])('is asked for another ten minutes after %s', async (_what, onCheck) => {
    const id = await waiting()
    for (const answer of [unknown, unknown, onCheck, unknown]) {
      bed.kie.onCheck = answer
      await look(id)
      bed.deps.pass(9 * minute)
    }
    await look(id)
    expect((await viewOf(id)).state).toBe('waiting')
  })

  test('is not over after two looks, however far apart', async () => {
    bed.kie.onCheck = unknown
    const id = await waiting()
    await look(id)
    bed.deps.pass(60 * minute)
    await look(id)
    expect((await viewOf(id)).state).toBe('waiting')
  })

  test('fails after that, and no other provider takes over', async () => {
    bed.kie.onCheck = unknown
    const id = await waiting()
    const before = bed.deps.now().getTime()
    await driveToEnd(id, bed.deps)
    expect(bed.deps.now().getTime() - before).toBeGreaterThanOrEqual(10 * minute)
    expect(bed.deps.now().getTime() - before).toBeLessThan(12 * minute)
    expect(await viewOf(id)).toMatchObject({
      state: 'failed',
      error: { code: 'not_found_or_expired' },
      attempts: [{ outcome: 'failed', costUsd: null }],
    })
    expect(bed.kie.requests).toHaveLength(1)
  })
})

describe('a look', () => {
  test('that fails is made again, when the provider likes it', async () => {
    bed.kie.onCheck = () =>
      Promise.reject(aProviderError({ retryAfterSeconds: 40 }, 'rate_limited'))
    const id = await waiting()
    expect(await look(id)).toBe(40_000)
    expect((await viewOf(id)).state).toBe('waiting')
  })

  test('comes every 10 s, then less and less often, every minute at last', async () => {
    bed.kie.onCheck = async () => ({ status: 'pending' })
    const id = await waiting()
    const waits = []
    for (let looks = 0; looks < 12; looks++) waits.push(await look(id))
    expect(waits.slice(0, 3)).toEqual([10_000, 12_000, 14_400])
    expect(waits.at(-1)).toBe(minute)
  })

  test('carries on with what the provider wants to be asked with from then on', async () => {
    const seen: unknown[] = []
    bed.kie.onCheck = async (operation) => {
      seen.push(operation)
      return { status: 'pending', operation: { step: seen.length }, checkAgainMs: 0 }
    }
    const id = await waiting()
    for (let looks = 0; looks < 3; looks++) await look(id)
    expect(seen.slice(1)).toEqual([{ step: 1 }, { step: 2 }])
  })
})
