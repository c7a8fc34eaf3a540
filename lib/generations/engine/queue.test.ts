import { describe, expect } from 'vitest'
import { setRow } from '../../../tests/support/database/set-row.ts'
import { queueFile, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { findGeneration } from '../queries.ts'
import { advance } from './advance.ts'
import { nextInQueue, queuedProviders } from './queue.ts'

const { test, bed } = localBed(({ provider }) => {
  provider.onCheck = async () => ({ status: 'pending', checkAgainMs: 0 })
  return testGeneration(provider, { concurrency: 1 })
})

/** So many queued videos of an owner, a millisecond apart. */
async function queued(ownerId: string, count: number, at = 'local') {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    ids.push((await queueFile(bed.deps, { ownerId, provider: at })).id)
    bed.deps.pass(1)
  }
  return ids
}

const order = () => nextInQueue('local', 1_000, bed.deps.now())
const placeOf = async (id: string) => (await findGeneration(id))!.queuePlace
const stateOf = async (id: string) => (await findGeneration(id))!.state

/** Gives the next one its slot, and has it leave that again. Answers which it was. */
async function serveNext() {
  const [id] = await nextInQueue('local', 1, bed.deps.now())
  await advance(id!, bed.deps)
  await setRow(id!, { state: 'completed', slotUntil: null })
  return id
}

describe('owners take turns', () => {
  test('where each of them waits with many', async () => {
    const anna = await queued('anna', 3)
    const boris = await queued('boris', 2)
    const clara = await queued('clara', 1)
    const turns = [[anna[0], boris[0], clara[0]], [anna[1], boris[1]], [anna[2]]]
    expect(await order()).toEqual(turns.flat())
  })

  test('and a hundred of one delay the first of another by no more than a turn', async () => {
    const hundred = await queued('anna', 100)
    for (let served = 0; served < 3; served++) expect(await serveNext()).toBe(hundred[served])
    const [first, second] = await queued('boris', 2)
    expect(await placeOf(first!)).toBe(2)
    expect(await serveNext()).toBe(hundred[3])
    expect(await serveNext()).toBe(first)
    expect(await serveNext()).toBe(hundred[4])
    expect(await serveNext()).toBe(second)
    expect(await placeOf(hundred[99]!)).toBe(95)
  })

  test('and one that comes late to a long queue overtakes no other’s first', async () => {
    const anna = await queued('anna', 3)
    const boris = await queued('boris', 1)
    await serveNext()
    const clara = await queued('clara', 1)
    expect(await order()).toEqual([boris[0], clara[0], anna[1], anna[2]])
  })
})

describe('a place in the queue', () => {
  test('is counted at each reading, and moves up as others leave', async () => {
    const ids = await queued('anna', 4)
    expect(await Promise.all(ids.map(placeOf))).toEqual([1, 2, 3, 4])
    const { version } = (await findGeneration(ids[3]!))!
    await advance(ids[0]!, bed.deps)
    await setRow(ids[1]!, { deletedAt: bed.deps.now() })
    expect(await placeOf(ids[0]!)).toBeNull()
    expect(await placeOf(ids[3]!)).toBe(2)
    // No row was written for it.
    expect((await findGeneration(ids[3]!))!.version).toBe(version)
  })

  test('is one at its own provider', async () => {
    await queued('anna', 2)
    const [elsewhere] = await queued('anna', 1, 'kie')
    expect(await placeOf(elsewhere!)).toBe(1)
    expect(await queuedProviders()).toEqual(['kie', 'local'])
  })

  test('is kept by one that waits for another try, and those behind it go first', async () => {
    const [first, second] = await queued('anna', 2)
    await setRow(first!, { dueAt: new Date(bed.deps.now().getTime() + 60_000) })
    expect(await placeOf(first!)).toBe(1)
    expect(await order()).toEqual([second])
  })

  test('of a parked one holds up none behind it', async () => {
    const [first, second] = await queued('anna', 2)
    await setRow(first!, { parkedAt: bed.deps.now() })
    expect(await order()).toEqual([second])
    await advance(second!, bed.deps)
    expect(await stateOf(second!)).toBe('waiting')
  })
})

describe('a slot', () => {
  test('is waited for, due all the time, and taken once it is free', async () => {
    const [first, second] = await queued('anna', 2)
    await advance(first!, bed.deps)
    expect(await nextInQueue('local', 1, bed.deps.now())).toEqual([])
    expect(await nextInQueue('local', 2, bed.deps.now())).toEqual([second])
    const waiting = await advance(second!, bed.deps)
    expect(waiting).toMatchObject({ waitsForSlot: true, row: { state: 'queued', wait: null } })
    expect(waiting.dueAt!.getTime()).toBeLessThanOrEqual(bed.deps.now().getTime())
    await setRow(first!, { state: 'canceled', slotUntil: null })
    await advance(second!, bed.deps)
    expect(await stateOf(second!)).toBe('waiting')
  })

  test('of a submit that is unknown is free again while its outcome is still looked for', async () => {
    delete bed.provider.find
    const make = bed.provider.onSubmit
    bed.provider.onSubmit = () => {
      bed.provider.onSubmit = make
      return Promise.reject(new Error('reset'))
    }
    const [lost, next] = await queued('anna', 2)
    await advance(lost!, bed.deps)
    const { state, slotUntil, startedAt } = (await findGeneration(lost!))!
    expect(state).toBe('submit_unknown')
    expect(slotUntil!.getTime() - startedAt!.getTime()).toBe(5 * 60_000)
    expect(await nextInQueue('local', 1, bed.deps.now())).toEqual([])
    bed.deps.pass(5 * 60_000)
    expect(await nextInQueue('local', 1, bed.deps.now())).toEqual([next])
    expect(await stateOf(lost!)).toBe('submit_unknown')
  })
})
