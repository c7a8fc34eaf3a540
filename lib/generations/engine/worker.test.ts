import { afterAll, beforeAll, expect } from 'vitest'
import { killedInSubmit } from '../../../tests/support/killed-in-submit.ts'
import { queueFile, testGeneration } from '../../../tests/support/test-generation.ts'
import { localBed } from '../../../tests/support/with-bed.ts'
import { findGeneration } from '../queries.ts'
import { startQueue, stopQueue, wakeGeneration, workQueue } from '../../jobs/queue.ts'
import { drive } from './drive.ts'
import { sweep } from './sweep.ts'

const { test, bed } = localBed(({ provider }) => {
  const deps = testGeneration(provider, { concurrency: 2 })
  // The queue lives by the real clock, so all of it does here.
  deps.now = () => new Date()
  delete deps.databaseClock
  return deps
})

beforeAll(async () => {
  await startQueue()
  await workQueue('call', (id) => drive(id, bed.deps), 6)
  await workQueue('store', (id) => drive(id, bed.deps, { mayStore: true }), 2)
})
afterAll(() => stopQueue(1_000))

function stateOf(fileId: string) {
  return findGeneration(fileId).then((row) => row?.state)
}

test('a wake-up drives a generation to its end', async () => {
  const { id } = await queueFile(bed.deps)
  await wakeGeneration({ id })
  await expect.poll(() => stateOf(id)).toBe('completed')
})

test('a job that was lost is made up for by the sweep', async () => {
  const { id } = await queueFile(bed.deps)
  expect(await sweep(bed.deps)).toBe(1)
  await expect.poll(() => stateOf(id)).toBe('completed')
  expect(await sweep(bed.deps)).toBe(0)
})

test('a job that is delivered five times is done once', async () => {
  const { id } = await queueFile(bed.deps)
  await Promise.all(Array.from({ length: 5 }, () => wakeGeneration({ id })))
  await expect.poll(() => stateOf(id)).toBe('completed')
  expect(bed.provider.jobs).toHaveLength(1)
})

test('a whole queue runs through its slots, and places move up', async () => {
  const rows = []
  for (let index = 0; index < 6; index++)
    rows.push(await queueFile(bed.deps, { createdAt: new Date(Date.now() + index) }))
  const gate = Promise.withResolvers<void>()
  const done = bed.provider.onCheck
  bed.provider.onCheck = async (operation) => {
    await gate.promise
    return done(operation)
  }
  for (const { id } of rows) await wakeGeneration({ id })
  await expect.poll(() => bed.provider.jobs.length).toBe(2)
  expect((await findGeneration(rows[5]!.id))!.queuePlace).toBe(4)
  gate.resolve()
  for (const { id } of rows) await expect.poll(() => stateOf(id)).toBe('completed')
  expect(bed.provider.jobs).toHaveLength(6)
})

test('a generation whose lease died with its process is taken up by the sweep', async () => {
  const { id } = await queueFile(bed.deps)
  const aSecondAgo = new Date(Date.now() - 1_000)
  await killedInSubmit(id, { now: () => aSecondAgo, leaseMs: 500 })
  await sweep(bed.deps)
  await expect.poll(() => stateOf(id)).toBe('completed')
  expect(bed.provider.jobs).toHaveLength(1)
})
