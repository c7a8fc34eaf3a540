import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { startQueue, stopQueue, wakeGenerations, workQueue } from './queue.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const soon = () => new Date(Date.now() + 300)

test('wake-ups that come due unannounced are taken by all workers, also behind one that is busy', async () => {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (id: string) => {
    begun.push(id)
    return new Promise<void>((resolve) => ends.set(id, resolve))
  }
  await workQueue('call', work, 4)
  await wakeGenerations([{ id: 'busy' }])
  await expect.poll(() => begun).toEqual(['busy'])

  const at = soon()
  await wakeGenerations(['a', 'b', 'c', 'd'].map((id) => ({ id, at })))
  await expect.poll(() => begun.length).toBe(4)
  ends.get('busy')!()
  await expect.poll(() => begun.toSorted()).toEqual(['a', 'b', 'busy', 'c', 'd'])
  for (const end of ends.values()) end()
})

test('a worker whose wake-up failed takes the next one', async () => {
  const begun: string[] = []
  const work = async (id: string) => {
    begun.push(id)
    if (id === 'breaks') throw new Error('of this test')
  }
  await workQueue('store', work, 1)
  await wakeGenerations([{ id: 'breaks', state: 'storing' }])
  await expect.poll(() => begun).toEqual(['breaks'])
  await wakeGenerations([{ id: 'next', state: 'storing', at: soon() }])
  await expect.poll(() => begun).toEqual(['breaks', 'next'])
})
