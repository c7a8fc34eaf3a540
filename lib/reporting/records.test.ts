import { beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/test-database.ts'
import { forgetEverything } from '../../tests/support/test-generation.ts'
import { database } from '../db/client.ts'
import { attempt } from '../db/schema.ts'
import { newId } from '../ids.ts'
import { startCooldown } from '../generations/cooldowns.ts'
import { emptyRecord, lastErrors, providerRecords } from './records.ts'

withTestDatabase()
beforeEach(forgetEverything)

const monday = new Date('2026-11-16T00:00:00Z')
const after = (seconds: number) => new Date(monday.getTime() + seconds * 1000)

/** An attempt that began on Monday and took so many seconds. */
async function attempted(
  provider: string,
  differences: Partial<typeof attempt.$inferInsert> & { seconds?: number } = {},
) {
  const { seconds = 10, ...given } = differences
  await database()
    .insert(attempt)
    .values({
      token: newId('token'),
      fileId: newId('file'),
      number: 1,
      provider,
      providerLabel: provider,
      model: 'veo3_fast',
      reason: '',
      outcome: 'completed',
      costUsd: 0.4,
      startedAt: after(1),
      endedAt: after(1 + seconds),
      ...given,
    })
}

describe('what a provider did', () => {
  test('is nothing before its first attempt', async () => {
    expect(await providerRecords(monday)).toEqual(new Map())
    expect(emptyRecord).toMatchObject({ attempts: 0, successRate: null, meanUsd: null })
  })

  test('is counted by outcome, with time and money', async () => {
    for (const seconds of [10, 20, 30, 40, 110]) await attempted('kie', { seconds })
    await attempted('kie', { outcome: 'failed', costUsd: 0.1, seconds: 999 })
    for (const outcome of ['unknown', 'canceled', 'accepted', 'submitting'] as const)
      await attempted('kie', { outcome, costUsd: null, endedAt: null })
    const fileId = newId('file')
    const refused = { fileId, outcome: 'refused', costUsd: 0 } as const
    await attempted('kie', refused)
    await attempted('kie', { ...refused, number: 2 })
    await attempted('vertex', { fileId, number: 3, costUsd: 1.2 })

    const records = await providerRecords(monday)
    expect(records.get('kie')).toEqual({
      attempts: 12,
      completed: 5,
      failed: 1,
      fellBack: 2,
      unknown: 1,
      successRate: 5 / 8,
      fallbackRate: 2 / 12,
      medianSeconds: 30,
      p90Seconds: 82,
      spentUsd: expect.closeTo(2.1),
      meanUsd: expect.closeTo(0.4),
    })
    expect(records.get('vertex')).toMatchObject({
      attempts: 1,
      fellBack: 0,
      successRate: 1,
      spentUsd: 1.2,
    })
  })

  test('is no fallback where the same provider took it on', async () => {
    const fileId = newId('file')
    await attempted('kie', { fileId, outcome: 'refused', costUsd: 0 })
    await attempted('kie', { fileId, number: 2 })
    expect((await providerRecords(monday)).get('kie')).toMatchObject({ fellBack: 0 })
  })

  test('is told since a moment', async () => {
    await attempted('kie')
    await attempted('kie', { startedAt: after(100), endedAt: after(110) })
    expect((await providerRecords(after(1))).get('kie')).toMatchObject({ attempts: 1 })
    expect((await providerRecords(after(100))).get('kie')).toBeUndefined()
  })
})

test('the last error of each provider is the latest', async () => {
  const refused = { outcome: 'refused', costUsd: 0 } as const
  await attempted('kie', { ...refused, errorCode: 'rate_limited', seconds: 50, errorMessage: 'b' })
  await attempted('kie', { ...refused, errorCode: 'auth', seconds: 20, errorMessage: 'a' })
  await attempted('kie', { seconds: 90 })
  await attempted('vertex', { ...refused, errorCode: 'auth', errorMessage: 'v' })
  expect(Object.fromEntries(await lastErrors())).toEqual({
    kie: { provider: 'kie', code: 'rate_limited', message: 'b', at: after(51) },
    vertex: { provider: 'vertex', code: 'auth', message: 'v', at: after(11) },
  })
})

test('the last error of a provider may be what took it out', async () => {
  await attempted('kie', { outcome: 'failed', errorCode: 'timeout', errorMessage: 'Late.' })
  const pause = { until: after(999), errorCode: 'auth', reason: 'The key.' } as const
  await startCooldown({ ...pause, provider: 'kie', now: after(60) })
  await startCooldown({ ...pause, provider: 'vertex', now: after(1) })
  await attempted('vertex', { outcome: 'refused', errorCode: 'timeout', errorMessage: 'Later.' })
  const errors = await lastErrors()
  expect(errors.get('kie')).toMatchObject({ code: 'auth', message: 'The key.', at: after(60) })
  expect(errors.get('vertex')).toMatchObject({ code: 'timeout', at: after(11) })
})
