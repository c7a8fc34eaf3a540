import { expect } from 'vitest'
import { queueFile, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { cancelGeneration } from '../commands/cancel.ts'
import { deleteGeneration } from '../commands/delete.ts'
import { dueGenerations, findGeneration } from '../queries.ts'
import { advance } from './advance.ts'

let isBroken: boolean
const { test, bed } = localBed(
  ({ provider }) => {
    provider.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
    isBroken = false
    const deps = testGeneration(provider)
    const { now } = deps
    // A bug of ours, in the middle of a step: the look at the clock throws.
    const broken = () => {
      if (isBroken) throw new Error('a bug')
      return now()
    }
    return Object.assign(deps, { now: broken, databaseClock: now })
  },
  { hasQueue: true },
)

const dayMs = 24 * 60 * 60_000

/** A generation that is waited for, and whose steps throw from now on. */
async function breaking() {
  const { id } = await queueFile(bed.deps)
  await advance(id, bed.deps)
  isBroken = true
  return id
}

const rowOf = async (id: string) => (await findGeneration(id))!
const clock = () => bed.deps.databaseClock!()

/** Steps until it is parked; answers how long each step was put off. */
async function untilParked(id: string) {
  const waits: number[] = []
  while ((await rowOf(id)).parkedAt === null) {
    await advance(id, bed.deps)
    const wait = (await rowOf(id)).dueAt.getTime() - clock().getTime()
    waits.push(wait)
    bed.deps.pass(wait)
  }
  return waits
}

test('a step that throws is taken again after 5 s, then less and less often', async () => {
  const waits = await untilParked(await breaking())
  expect(waits.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000])
  expect(waits.at(-1)).toBe(10 * 60_000)
})

test('one that has thrown for a day is parked, and left to a hand', async () => {
  const begin = clock().getTime()
  const id = await breaking()
  await untilParked(id)
  const row = await rowOf(id)
  expect(row.parkedAt!.getTime() - begin).toBeGreaterThanOrEqual(dayMs)
  expect(row).toMatchObject({ state: 'waiting', wait: { code: 'parked' } })
  bed.deps.pass(dayMs)
  expect(await dueGenerations(clock(), 10)).toEqual([])
  expect(await advance(id, bed.deps)).toMatchObject({ stepped: false, dueAt: null })

  isBroken = false
  expect(await advance(id, bed.deps, { force: true })).toMatchObject({ stepped: true })
  expect(await rowOf(id)).toMatchObject({ parkedAt: null, crashedSince: null, wait: null })
})

test('one that throws no more counts from the beginning the next time', async () => {
  const id = await breaking()
  for (let steps = 0; steps < 3; steps++) await advance(id, bed.deps, { force: true })
  isBroken = false
  await advance(id, bed.deps, { force: true })
  expect(await rowOf(id)).toMatchObject({ failures: 0, crashedSince: null })
})

test('one that is deleted is left to no hand: it goes as soon as its bytes can', async () => {
  const id = await breaking()
  const { storage } = bed.deps
  const removeAll = storage.removeAll.bind(storage)
  isBroken = false
  storage.removeAll = () => Promise.reject(new Error('the storage is away'))
  await deleteGeneration('somebody', id, bed.deps)
  for (let hour = 0; hour < 30; hour++) {
    bed.deps.pass(60 * 60_000)
    await advance(id, bed.deps)
  }
  expect(await rowOf(id)).toMatchObject({ parkedAt: null })
  storage.removeAll = removeAll
  bed.deps.pass(60 * 60_000)
  expect(await dueGenerations(clock(), 10)).toMatchObject([{ id }])
  await advance(id, bed.deps)
  expect(await findGeneration(id)).toBeUndefined()
})

test('a parked one is canceled or deleted as any other', async () => {
  const canceled = await breaking()
  await untilParked(canceled)
  isBroken = false
  expect(await cancelGeneration('somebody', canceled, bed.deps)).toMatchObject({
    state: 'canceled',
  })
  const deleted = await breaking()
  await untilParked(deleted)
  isBroken = false
  await deleteGeneration('somebody', deleted, bed.deps)
  expect(await findGeneration(deleted)).toBeUndefined()
})
