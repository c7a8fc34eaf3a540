import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import { queueVeo } from '../../../tests/support/queue-veo.ts'
import { type ScriptedProvider, aProviderError } from '../../../tests/support/scripted-provider.ts'
import { withVeo } from '../../../tests/support/with-veo.ts'
import {
  type TestGeneration,
  driveToEnd,
  testGeneration,
} from '../../../tests/support/test-generation.ts'
import type { CheckResult } from '../../ai/providers/provider.ts'
import { database } from '../../db/client.ts'
import { attempt } from '../../db/generation-schema.ts'
import { fileViewOf } from '../view.ts'
import { findGeneration, findOwned } from '../queries.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { cancelGeneration } from './cancel.ts'
import { deleteGeneration } from './delete.ts'
import { claim, keepLease } from '../engine/lease.ts'
import { cancel } from '../steps/end-job.ts'
import { submit } from '../steps/submit.ts'
import { applyEvent } from '../store.ts'

let kie: ScriptedProvider
let vertex: ScriptedProvider
let deps: TestGeneration

withVeo((made) => {
  ;({ kie, vertex } = made)
  deps = testGeneration([kie, vertex])
  return deps
})
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

async function running(differences: Parameters<typeof queueVeo>[1] = {}) {
  const { id } = await queueVeo(deps, differences)
  while ((await findGeneration(id))!.state !== 'waiting') await advance(id, deps, { force: true })
  return id
}

test('where the provider cannot stop, it is billed, as was told before', async () => {
  const id = await running()
  expect(fileViewOf((await findGeneration(id))!)).toMatchObject({
    canCancel: true,
    isBilledAnyway: true,
  })
  const row = await cancelGeneration('somebody', id, deps)
  expect(row).toMatchObject({
    state: 'canceled',
    costMicros: 400_000,
    attempts: [{ outcome: 'canceled', costMicros: 400_000 }],
  })
  expect(fileViewOf(row!)).toMatchObject({ canCancel: false, isBilledAnyway: false })
})

test('where another has stepped in, it is billed at the price of that one', async () => {
  kie.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'auth'))
  const id = await running()
  const row = await cancelGeneration('somebody', id, deps)
  expect(row).toMatchObject({ provider: 'vertex', quotedMicros: 400_000, costMicros: 1_200_000 })
  expect(row!.attempts.map(({ costMicros }) => costMicros)).toEqual([0, 1_200_000])
})

test.each([
  ['canceled', 'canceled', cancelGeneration],
  ['deleted', undefined, deleteGeneration],
])('where it is %s right before it is submitted, it is not', async (_word, state, end) => {
  const { id } = await queueVeo(deps)
  const lease = (await claim(id, deps, false))!
  const { work, stop } = keepLease(lease, deps)
  await end('somebody', id, deps)
  const { event } = await submit(work)
  stop()
  await applyEvent(id, event, deps.databaseClock)
  await driveToEnd(id, deps)
  expect((await findGeneration(id))?.state).toBe(state)
  expect(kie.jobs).toEqual([])
})

test('where the provider stops, nothing is billed', async () => {
  kie.cancel = async (operation) => void kie.canceled.push(operation)
  const id = await running({ isCancelable: true })
  expect(fileViewOf((await findGeneration(id))!)).toMatchObject({ isBilledAnyway: false })
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'canceled',
    costMicros: 0,
    attempts: [{ outcome: 'canceled', costMicros: 0 }],
  })
  expect(kie.canceled).toHaveLength(1)
})

test('where the provider says that it is too late, it is billed', async () => {
  kie.cancel = () => Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
  const id = await running({ isCancelable: true })
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'canceled',
    costMicros: 400_000,
  })
})

describe('where the process dies between the provider’s cancel and the commit', () => {
  /** Canceled there, and not written down here; from then on the provider refuses to cancel. */
  async function canceledThere(then: CheckResult) {
    kie.cancel = async () => {}
    const id = await running({ isCancelable: true })
    const wish = { type: 'cancel_requested', ownerId: 'somebody' } as const
    await applyEvent(id, wish, deps.databaseClock)
    const { work, stop } = keepLease((await claim(id, deps, true))!, deps)
    await cancel(work)
    stop()
    kie.cancel = () => Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
    kie.onCheck = async () => then
    deps.pass(10 * 60_000)
    return (await driveToEnd(id, deps)).row
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

test('where the provider is away, it is asked again', async () => {
  let outages = 2
  kie.cancel = async () => {
    if (outages-- > 0) throw aProviderError()
  }
  const id = await running({ isCancelable: true })
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'waiting',
    wait: { code: 'canceling' },
  })
  expect((await driveToEnd(id, deps)).row).toMatchObject({ state: 'canceled', costMicros: 0 })
})

test('a queued video is free to cancel, wherever it waits', async () => {
  const { id } = await queueVeo(deps)
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'canceled',
    costMicros: 0,
    queuePlace: null,
    attempts: [],
  })
  expect(kie.requests).toEqual([])
})

test('to cancel twice is to cancel once', async () => {
  const id = await running()
  const first = await cancelGeneration('somebody', id, deps)
  expect(await cancelGeneration('somebody', id, deps)).toEqual(first)
})

test('a stranger cancels nothing', async () => {
  const id = await running()
  expect(await cancelGeneration('a stranger', id, deps)).toBeUndefined()
  expect((await findGeneration(id))!.state).toBe('waiting')
})

test('what is being saved, or is over, cannot be canceled any more', async () => {
  const id = await running()
  await advance(id, deps)
  const refused = { code: 'not_possible_now' }
  await expect(cancelGeneration('somebody', id, deps)).rejects.toMatchObject(refused)
  await driveToEnd(id, deps)
  await expect(cancelGeneration('somebody', id, deps)).rejects.toMatchObject(refused)
})

describe('the attempt of a video that is deleted while it runs', () => {
  const attemptsOf = (id: string) =>
    database().select().from(attempt).where(eq(attempt.generationId, id))

  test('costs what the provider asks for, where it cannot stop', async () => {
    const id = await running()
    await deleteGeneration('somebody', id, deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(await attemptsOf(id)).toMatchObject([
      { outcome: 'canceled', costMicros: 400_000, endedAt: deps.now() },
    ])
  })

  test('costs nothing where the provider stops it', async () => {
    kie.cancel = async (operation) => void kie.canceled.push(operation)
    const id = await running({ isCancelable: true })
    await deleteGeneration('somebody', id, deps)
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costMicros: 0 }])
    expect(kie.canceled).toHaveLength(1)
  })

  test('costs what is not known, where it is not known whether there is a job', async () => {
    kie.onSubmit = () => Promise.reject(aProviderError({ submitOutcome: 'unknown' }, 'timeout'))
    const { id } = await queueVeo(deps)
    await advance(id, deps)
    await deleteGeneration('somebody', id, deps)
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costMicros: null }])
  })

  test('stays as it was where it is over', async () => {
    const id = await running()
    await driveToEnd(id, deps)
    const before = await attemptsOf(id)
    await deleteGeneration('somebody', id, deps)
    expect(before).toMatchObject([{ outcome: 'completed', costMicros: 400_000 }])
    expect(await attemptsOf(id)).toEqual(before)
  })

  const attemptsAfter = async (id: string, ms: number) => {
    deps.pass(ms)
    await driveToEnd(id, deps, 1)
    return attemptsOf(id)
  }

  test('is asked to stop again where the provider is away, hidden meanwhile', async () => {
    let outages = 3
    kie.cancel = async () => {
      if (outages-- > 0) throw aProviderError()
    }
    const id = await running({ isCancelable: true })
    await deleteGeneration('somebody', id, deps)
    expect(await findOwned('somebody', id)).toBeUndefined()
    expect(await findGeneration(id)).toMatchObject({ state: 'waiting', failures: 1 })
    await driveToEnd(id, deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costMicros: 0 }])
    expect(outages).toBe(-1)
  })

  test('is paid for where the provider cannot be asked to stop for a day', async () => {
    kie.cancel = () => Promise.reject(aProviderError())
    const id = await running({ isCancelable: true })
    await deleteGeneration('somebody', id, deps)
    const day = 24 * 60 * 60_000
    expect(await attemptsAfter(id, day - 1)).toMatchObject([{ outcome: 'accepted' }])
    expect(await findGeneration(id)).toBeDefined()
    expect(await attemptsAfter(id, 5 * 60_000)).toMatchObject([
      { outcome: 'canceled', costMicros: 400_000 },
    ])
    expect(await findGeneration(id)).toBeUndefined()
  })
})
