import { beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../tests/support/generations/test-generation.ts'
import { inTransaction } from '../db/client.ts'
import { type AttemptRow, attempt } from '../db/generation-schema.ts'
import { recordAttempt } from '../generations/figures.ts'
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
  differences: Partial<AttemptRow> & { seconds?: number; movedTo?: string } = {},
) {
  const { seconds = 10, movedTo, ...given } = differences
  const begun: AttemptRow = {
    idempotencyKey: newId('token'),
    generationId: newId('file'),
    number: 1,
    provider,
    providerLabel: provider,
    model: 'veo3_fast',
    reason: '',
    consoleUrl: null,
    outcome: 'submitting',
    providerJobId: null,
    priceMicros: 400_000,
    costMicros: null,
    errorCode: null,
    errorMessage: null,
    startedAt: given.startedAt ?? after(1),
    endedAt: null,
  }
  const outcome = {
    outcome: 'completed',
    costMicros: 400_000,
    endedAt: after(1 + seconds),
  } as const
  const ended: AttemptRow = { ...begun, ...outcome, ...given }
  const patch = movedTo === undefined ? {} : { provider: movedTo }
  await inTransaction(async (tx) => {
    await tx.insert(attempt).values(ended)
    await recordAttempt(tx, undefined, begun, undefined, {}, begun.startedAt)
    await recordAttempt(tx, begun, ended, undefined, patch, ended.endedAt ?? begun.startedAt)
  })
}

describe('what a provider did', () => {
  test('is nothing before its first attempt', async () => {
    expect(await providerRecords(monday)).toEqual(new Map())
    expect(emptyRecord).toMatchObject({ attempts: 0, successRate: null, meanUsd: null })
  })

  test('is counted by outcome, with time and money', async () => {
    for (const seconds of [10, 20, 30, 40, 110]) await attempted('kie', { seconds })
    await attempted('kie', { outcome: 'failed', costMicros: 100_000, seconds: 999 })
    for (const outcome of ['unknown', 'canceled', 'accepted', 'submitting'] as const)
      await attempted('kie', { outcome, costMicros: null, endedAt: null })
    const generationId = newId('file')
    const refused = { generationId, outcome: 'refused', costMicros: 0 } as const
    await attempted('kie', refused)
    await attempted('kie', { ...refused, number: 2, movedTo: 'vertex' })
    await attempted('vertex', { generationId, number: 3, costMicros: 1_200_000 })

    const records = await providerRecords(after(1_000))
    expect(records.get('kie')).toEqual({
      // The one that is being submitted has no answer yet.
      attempts: 11,
      completed: 5,
      failed: 1,
      fellBack: 1,
      unknown: 1,
      successRate: 5 / 8,
      fallbackRate: 1 / 11,
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
    const generationId = newId('file')
    await attempted('kie', { generationId, outcome: 'refused', costMicros: 0, movedTo: 'kie' })
    await attempted('kie', { generationId, number: 2 })
    expect((await providerRecords(after(1_000))).get('kie')).toMatchObject({ fellBack: 0 })
  })

  test('is told of the last seven days, today included', async () => {
    const day = 24 * 60 * 60
    await attempted('kie')
    await attempted('kie', { startedAt: after(day), endedAt: after(day + 10) })
    const attempts = async (at: number) => (await providerRecords(after(at))).get('kie')?.attempts
    expect(await attempts(day + 60)).toBe(2)
    expect(await attempts(7 * day - 1)).toBe(2)
    expect(await attempts(7 * day)).toBe(1)
    expect(await attempts(8 * day)).toBeUndefined()
  })
})

test('the last error of each provider is the latest', async () => {
  const refused = { outcome: 'refused', costMicros: 0 } as const
  await attempted('kie', { ...refused, errorCode: 'rate_limited', seconds: 50, errorMessage: 'b' })
  await attempted('kie', { ...refused, errorCode: 'auth', seconds: 20, errorMessage: 'a' })
  await attempted('kie', { seconds: 90 })
  await attempted('vertex', { ...refused, errorCode: 'auth', errorMessage: 'v' })
  expect(Object.fromEntries(await lastErrors(['kie', 'vertex']))).toEqual({
    kie: { provider: 'kie', code: 'rate_limited', message: 'b', at: after(51) },
    vertex: { provider: 'vertex', code: 'auth', message: 'v', at: after(11) },
  })
})

test('the last error of a provider may be what began its cooldown', async () => {
  await attempted('kie', { outcome: 'failed', errorCode: 'timeout', errorMessage: 'Late.' })
  const cooldown = { until: after(999), errorCode: 'auth', reason: 'The key.' } as const
  await startCooldown({ ...cooldown, provider: 'kie', now: after(60) })
  await startCooldown({ ...cooldown, provider: 'vertex', now: after(1) })
  await attempted('vertex', { outcome: 'refused', errorCode: 'timeout', errorMessage: 'Later.' })
  const errors = await lastErrors(['kie', 'vertex'])
  expect(errors.get('kie')).toMatchObject({ code: 'auth', message: 'The key.', at: after(60) })
  expect(errors.get('vertex')).toMatchObject({ code: 'timeout', at: after(11) })
})
