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
import { database } from '../../db/client.ts'
import { attempt } from '../../db/schema.ts'
import { fileViewOf } from '../view.ts'
import { findGeneration } from '../queries.ts'
import { claimFile, releaseLease } from '../engine/lease.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { cancelGeneration } from './cancel.ts'
import { deleteGeneration } from './delete.ts'
import { keepLease } from '../engine/lease.ts'
import { submit } from '../steps/submit.ts'

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

test('where the provider cannot stop, it is billed all the same, as was told before', async () => {
  const id = await running()
  expect(fileViewOf((await findGeneration(id))!)).toMatchObject({
    canCancel: true,
    isBilledAnyway: true,
  })
  const row = await cancelGeneration('somebody', id, deps)
  expect(row).toMatchObject({
    state: 'canceled',
    actualUsd: 0.4,
    attempts: [{ outcome: 'canceled', costUsd: 0.4 }],
  })
  expect(fileViewOf(row!)).toMatchObject({ canCancel: false, isBilledAnyway: false })
})

test('where another has stepped in, it is billed at the price of that one', async () => {
  kie.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'auth'))
  const id = await running()
  const row = await cancelGeneration('somebody', id, deps)
  expect(row).toMatchObject({ provider: 'vertex', quotedMicros: 400_000, actualUsd: 1.2 })
  expect(row!.attempts.map(({ costUsd }) => costUsd)).toEqual([0, 1.2])
})

test.each([
  ['canceled', 'canceled', cancelGeneration],
  ['deleted', undefined, deleteGeneration],
])('where it is %s right before it is submitted, it is not', async (_word, state, end) => {
  const { id } = await queueVeo(deps)
  const lease = (await claimFile(id, deps.now(), false))!
  const { work, stop } = keepLease(lease, deps)
  await end('somebody', id, deps)
  await submit(work)
  stop()
  await releaseLease(lease, { dueAt: deps.now() })
  await driveToEnd(id, deps)
  expect((await findGeneration(id))?.state).toBe(state)
  expect(kie.requests).toEqual([])
})

test('where the provider stops, nothing is billed', async () => {
  kie.cancel = async (operation) => void kie.canceled.push(operation)
  const id = await running({ isCancelable: true })
  expect(fileViewOf((await findGeneration(id))!)).toMatchObject({ isBilledAnyway: false })
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'canceled',
    actualUsd: 0,
    attempts: [{ outcome: 'canceled', costUsd: 0 }],
  })
  expect(kie.canceled).toHaveLength(1)
})

test('where the provider says that it is too late, it is billed', async () => {
  kie.cancel = () => Promise.reject(aProviderError({ retryable: false }, 'invalid_input'))
  const id = await running({ isCancelable: true })
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'canceled',
    actualUsd: 0.4,
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
    message: 'Canceling',
  })
  expect((await driveToEnd(id, deps)).row).toMatchObject({ state: 'canceled', actualUsd: 0 })
})

test('a queued file is free to cancel, wherever it waits', async () => {
  const { id } = await queueVeo(deps)
  expect(await cancelGeneration('somebody', id, deps)).toMatchObject({
    state: 'canceled',
    actualUsd: 0,
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
  const attemptsOf = (id: string) => database().select().from(attempt).where(eq(attempt.fileId, id))

  test('costs what the provider asks for, where it cannot stop', async () => {
    const id = await running()
    await deleteGeneration('somebody', id, deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(await attemptsOf(id)).toMatchObject([
      { outcome: 'canceled', costUsd: 0.4, endedAt: deps.now() },
    ])
  })

  test('costs nothing where the provider stops it', async () => {
    kie.cancel = async (operation) => void kie.canceled.push(operation)
    const id = await running()
    await deleteGeneration('somebody', id, deps)
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costUsd: 0 }])
    expect(kie.canceled).toHaveLength(1)
  })

  test('costs nobody knows what, where nobody knows whether there is a job', async () => {
    kie.onSubmit = () => Promise.reject(aProviderError({ submitOutcome: 'unknown' }, 'timeout'))
    const { id } = await queueVeo(deps)
    await advance(id, deps)
    await deleteGeneration('somebody', id, deps)
    expect(await attemptsOf(id)).toMatchObject([{ outcome: 'canceled', costUsd: null }])
  })

  test('stays as it was where it is over', async () => {
    const id = await running()
    await driveToEnd(id, deps)
    const before = await attemptsOf(id)
    await deleteGeneration('somebody', id, deps)
    expect(before).toMatchObject([{ outcome: 'completed', costUsd: 0.4 }])
    expect(await attemptsOf(id)).toEqual(before)
  })
})
