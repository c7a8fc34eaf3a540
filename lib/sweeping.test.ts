import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { everySoOften } from './sweeping.ts'

test('work is done at once and again, one run at a time, whatever fails', async () => {
  let [runs, atOnce, most] = [0, 0, 0]
  const sweep = everySoOften(1, 'it failed', async () => {
    most = Math.max(most, ++atOnce)
    await sleep(10)
    atOnce--
    if (++runs === 2) throw new Error('away')
  })
  expect(atOnce).toBe(1)
  await vi.waitFor(() => expect(runs).toBeGreaterThan(3))
  await sweep.stop()
  expect(most).toBe(1)
})

test('a stop waits for the run that is under way, and begins none', async () => {
  let [begun, done] = [0, 0]
  const sweep = everySoOften(1, 'it failed', async () => {
    begun++
    await sleep(50)
    done++
  })
  await sweep.first
  expect([begun, done]).toEqual([1, 1])
  await expect.poll(() => begun).toBe(2)
  await sweep.stop()
  expect([begun, done]).toEqual([2, 2])
  await sleep(20)
  expect(begun).toBe(2)
})

test('a run that never ends holds up no stop', async () => {
  const sweep = everySoOften(1, 'it failed', () => new Promise(() => {}))
  await expect(sweep.stop()).resolves.toBeUndefined()
})
