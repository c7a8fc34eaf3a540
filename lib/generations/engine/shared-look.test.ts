import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { forgetProcessWide } from '../../process-wide.ts'
import { sharedLook, spacedLook } from './shared-look.ts'

beforeEach(() => {
  forgetProcessWide('looks')
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

function counting() {
  let looks = 0
  return { look: async () => ++looks, count: () => looks }
}

test('S8: all who ask within a few seconds share one look and its answer', async () => {
  const { look, count } = counting()
  const answers = await Promise.all(
    Array.from({ length: 772 }, (_, index) => sharedLook('a', look, 1_000 + index)),
  )
  expect(new Set(answers)).toEqual(new Set([1]))
  await sharedLook('b', look, 1_000)
  expect(count()).toBe(2)
  await sharedLook('a', look, 4_000)
  expect(count()).toBe(3)
})

test('S8: of a thousand pieces of news the first and the last are looked at', async () => {
  const { look, count } = counting()
  for (let index = 0; index < 1_000; index++) await spacedLook('a', look, Date.now())
  expect(count()).toBe(1)
  await vi.advanceTimersByTimeAsync(3_000)
  expect(count()).toBe(2)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(count()).toBe(2)
})

test('S8: news that goes on and on is looked at every few seconds', async () => {
  const { look, count } = counting()
  for (let index = 0; index < 100; index++) {
    await spacedLook('a', look, Date.now())
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(count()).toBe(4)
})

test('a clock that is set back by an hour keeps no look away for an hour', async () => {
  const { look, count } = counting()
  const now = 5_000_000
  await sharedLook('a', look, now)
  await spacedLook('b', look, now)
  const hourAgo = now - 3_600_000
  await sharedLook('a', look, hourAgo)
  await spacedLook('b', look, hourAgo)
  expect(count()).toBe(4)
  await sharedLook('a', look, hourAgo + 1)
  expect(count()).toBe(4)
})

test('a look that fails is told to all who share it', async () => {
  const fails = () => Promise.reject(new Error('away'))
  await expect(sharedLook('a', fails, 0)).rejects.toThrow('away')
  await expect(sharedLook('a', fails, 1)).rejects.toThrow('away')
})
