import { describe, expect } from 'vitest'
import { eq, sql } from 'drizzle-orm'
import { until } from '../../../tests/support/generations/test-chat.ts'
import { queueVeo } from '../../../tests/support/generations/queue-veo.ts'
import { aProviderError } from '../../../tests/support/generations/scripted-provider.ts'
import { driveToEnd } from '../../../tests/support/generations/test-generation.ts'
import { veoBed } from '../../../tests/support/database/with-bed.ts'
import type { CheckResult } from '../../ai/providers/provider.ts'
import { database, inTransaction } from '../../db/client.ts'
import { attempt, generation } from '../../db/generation-schema.ts'
import type { AppError } from '../../errors.ts'
import { fileViewOf } from '../view.ts'
import { findGeneration, findOwned } from '../queries.ts'
import { advance } from '../engine/advance.ts'
import { cancelGeneration, cancelQueuedOf } from './cancel.ts'
import { deleteGeneration } from './delete.ts'
import { claim, keepLease } from '../engine/lease.ts'
import { cancel } from '../steps/end-job.ts'
import { submit } from '../steps/submit.ts'
import { applyEvent } from '../store.ts'

const { test, bed } = veoBed(undefined, { hasQueue: true })

async function running(differences: Parameters<typeof queueVeo>[1] = {}) {
  const { id } = await queueVeo(bed.deps, differences)
  while ((await findGeneration(id))!.state !== 'waiting')
    await advance(id, bed.deps, { force: true })
  return id
}

test('where the provider cannot stop, it is billed, as was told before', async () => {
  const id = await running()
  expect(fileViewOf((await findGeneration(id))!)).toMatchObject({
    canCancel: true,
    isBilledAnyway: true,
  })
  const row = await cancelGeneration('somebody', id, bed.deps)
  expect(row).toMatchObject({
    state: 'canceled',
    costMicros: 400_000,
    attempts: [{ outcome: 'canceled', costMicros: 400_000 }],
  })
  expect(fileViewOf(row!)).toMatchObject({ canCancel: false, isBilledAnyway: false })
})

test('where another has stepped in, it is billed at the price of that one', async () => {
  bed.kie.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'auth'))
  const id = await running()
  const row = await cancelGeneration('somebody', id, bed.deps)
  expect(row).toMatchObject({ provider: 'vertex', quotedMicros: 400_000, costMicros: 1_200_000 })
  expect(row!.attempts.map(({ costMicros }) => costMicros)).toEqual([0, 1_200_000])
})

test.each([
  ['canceled', 'canceled', cancelGeneration],
  ['deleted', undefined, deleteGeneration],
])('where it is %s right before it is submitted, it is not', async (_word, state, end) => {
  const { id } = await queueVeo(bed.deps)
  const lease = (await claim(id, bed.deps, false))!
  const { work, stop } = keepLease(lease, bed.deps)
  await end('somebody', id, bed.deps)
  const { event } = await submit(work)
  stop()
  await applyEvent(id, event, bed.deps.databaseClock)
  await driveToEnd(id, bed.deps)
  expect((await findGeneration(id))?.state).toBe(state)
  expect(bed.kie.jobs).toEqual([])
})

test('where the provider stops, nothing is billed', async () => {
  bed.kie.cancel = async (operation) => void bed.kie.canceled.push(operation)
  const id = await running({ isCancelable: true })
  expect(fileViewOf((await findGeneration(id))!)).toMatchObject({ isBilledAnyway: false })
  expect(await cancelGeneration('somebody', id, bed.deps)).toMatchObject({
    state: 'canceled',
    costMicros: 0,
    attempts: [{ outcome: 'canceled', costMicros: 0 }],
  })
  expect(bed.kie.canceled).toHaveLength(1)
})

test.each(['canceled', 'completed'] as const)(
  'asked for again while it becomes %s, it is one answer or too late',
  async (state) => {
    const id = await running()
    const asked = await inTransaction(async (tx) => {
      await tx.select().from(generation).where(eq(generation.id, id)).for('update')
      const again = cancelGeneration('somebody', id, bed.deps).then(
        (row) => row?.state,
        (error: AppError) => error.code,
      )
      await until(async () => {
        const { rows } = await database().execute(
          sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        )
        return rows.length > 0
      })
      await tx.update(generation).set({ state }).where(eq(generation.id, id))
      return { again }
    })
    expect(await asked.again).toBe(state === 'canceled' ? 'canceled' : 'not_possible_now')
  },
)

test('where the provider says that it is too late, it is billed', async () => {
  bed.kie.cancel = () => Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
  const id = await running({ isCancelable: true })
  expect(await cancelGeneration('somebody', id, bed.deps)).toMatchObject({
    state: 'canceled',
    costMicros: 400_000,
  })
})

describe('where the process dies between the provider’s cancel and the commit', () => {
  /** Canceled there, and not written down here; from then on the provider refuses to cancel. */
  async function canceledThere(then: CheckResult) {
    bed.kie.cancel = async () => {}
    const id = await running({ isCancelable: true })
    const wish = { type: 'cancel_requested', ownerId: 'somebody' } as const
    await applyEvent(id, wish, bed.deps.databaseClock)
    const { work, stop } = keepLease((await claim(id, bed.deps, true))!, bed.deps)
    await cancel(work)
    stop()
    bed.kie.cancel = () => Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
    bed.kie.onCheck = async () => then
    bed.deps.pass(10 * 60_000)
    return (await driveToEnd(id, bed.deps)).row
  }
  const error = aProviderError({ retryable: false }, 'generation_failed')

  test.each<[string, CheckResult, number | null]>([
    ['what it says that it charged', { status: 'failed', error, costMicros: 0 }, 0],
    ['nothing that is known, where it says nothing', { status: 'failed', error }, null],
    ['the price, where it goes on', { status: 'pending' }, 400_000],
  ])('it costs %s', async (_word, then, costMicros) => {
    expect(await canceledThere(then)).toMatchObject({
      state: 'canceled',
      costMicros,
      attempts: [{ outcome: 'canceled', costMicros }],
    })
  })
})

test('a provider that is unreachable is called again', async () => {
  let outages = 2
  bed.kie.cancel = async () => {
    if (outages-- > 0) throw aProviderError()
  }
  const id = await running({ isCancelable: true })
  expect(await cancelGeneration('somebody', id, bed.deps)).toMatchObject({
    state: 'waiting',
    wait: { code: 'canceling' },
  })
  expect((await driveToEnd(id, bed.deps)).row).toMatchObject({ state: 'canceled', costMicros: 0 })
})

test('a queued video is free to cancel, wherever it waits', async () => {
  const { id } = await queueVeo(bed.deps)
  expect(await cancelGeneration('somebody', id, bed.deps)).toMatchObject({
    state: 'canceled',
    costMicros: 0,
    queuePlace: null,
    attempts: [],
  })
  expect(bed.kie.requests).toEqual([])
})

test('to cancel twice is to cancel once', async () => {
  const id = await running()
  const first = await cancelGeneration('somebody', id, bed.deps)
  expect(await cancelGeneration('somebody', id, bed.deps)).toEqual(first)
})

test('a stranger cancels nothing', async () => {
  const id = await running()
  expect(await cancelGeneration('a stranger', id, bed.deps)).toBeUndefined()
  expect((await findGeneration(id))!.state).toBe('waiting')
})

test('what is being saved, or is over, cannot be canceled any more', async () => {
  const id = await running()
  await advance(id, bed.deps)
  const refused = { code: 'not_possible_now' }
  await expect(cancelGeneration('somebody', id, bed.deps)).rejects.toMatchObject(refused)
  await driveToEnd(id, bed.deps)
  await expect(cancelGeneration('somebody', id, bed.deps)).rejects.toMatchObject(refused)
})

describe('the attempt of a video that is deleted while it runs', () => {
  const attemptsOf = (id: string) =>
    database().select().from(attempt).where(eq(attempt.generationId, id))

  test('costs what the provider asks for, where it cannot stop', async () => {
    const id = await running()
    await deleteGeneration('somebody', id, bed.deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(await attemptsOf(id)).toMatchObject([
      { outcome: 'canceled', costMicros: 400_000, endedAt: bed.deps.now() },
    ])
  })

  test('costs nothing where the provider stops it', async () => {
    bed.kie.cancel = async (operation) => void bed.kie.canceled.push(operation)
    const id = await running({ isCancelable: true })
    await deleteGeneration('somebody', id, bed.deps)
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costMicros: 0 }])
    expect(bed.kie.canceled).toHaveLength(1)
  })

  test('costs what is not known, where it is not known whether there is a job', async () => {
    bed.kie.onSubmit = () => Promise.reject(aProviderError({ submitOutcome: 'unknown' }, 'timeout'))
    const { id } = await queueVeo(bed.deps)
    await advance(id, bed.deps)
    await deleteGeneration('somebody', id, bed.deps)
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costMicros: null }])
  })

  test('stays as it was where it is over', async () => {
    const id = await running()
    await driveToEnd(id, bed.deps)
    const before = await attemptsOf(id)
    await deleteGeneration('somebody', id, bed.deps)
    expect(before).toMatchObject([{ outcome: 'completed', costMicros: 400_000 }])
    expect(await attemptsOf(id)).toEqual(before)
  })

  const attemptsAfter = async (id: string, ms: number) => {
    bed.deps.pass(ms)
    await driveToEnd(id, bed.deps, 1)
    return attemptsOf(id)
  }

  test('is asked to stop again where the provider is away, hidden meanwhile', async () => {
    let outages = 3
    bed.kie.cancel = async () => {
      if (outages-- > 0) throw aProviderError()
    }
    const id = await running({ isCancelable: true })
    await deleteGeneration('somebody', id, bed.deps)
    expect(await findOwned('somebody', id)).toBeUndefined()
    expect(await findGeneration(id)).toMatchObject({ state: 'waiting', failures: 1 })
    await driveToEnd(id, bed.deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costMicros: 0 }])
    expect(outages).toBe(-1)
  })

  test('is paid for where the provider cannot be asked to stop for a day', async () => {
    bed.kie.cancel = () => Promise.reject(aProviderError())
    const id = await running({ isCancelable: true })
    await deleteGeneration('somebody', id, bed.deps)
    const day = 24 * 60 * 60_000
    expect(await attemptsAfter(id, day - 1)).toMatchObject([{ outcome: 'accepted' }])
    expect(await findGeneration(id)).toBeDefined()
    expect(await attemptsAfter(id, 5 * 60_000)).toMatchObject([
      { outcome: 'canceled', costMicros: 400_000 },
    ])
    expect(await findGeneration(id)).toBeUndefined()
  })
})

test('what an owner has in the queue is canceled and never submitted; what runs, and others’, goes on', async () => {
  const runs = await running()
  const waits = [await queueVeo(bed.deps), await queueVeo(bed.deps)].map(({ id }) => id)
  const { id: others } = await queueVeo(bed.deps, { ownerId: 'another' })
  const submits = bed.kie.jobs.length
  await cancelQueuedOf('somebody', bed.deps)
  await cancelQueuedOf('somebody', bed.deps)
  const stateOf = async (id: string) => (await findGeneration(id))!.state
  expect(await Promise.all([runs, ...waits, others].map(stateOf))).toEqual([
    'waiting',
    'canceled',
    'canceled',
    'queued',
  ])
  for (const id of waits) await advance(id, bed.deps, { force: true })
  expect(bed.kie.jobs).toHaveLength(submits)
})
