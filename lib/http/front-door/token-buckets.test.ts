import { beforeEach, expect, test } from 'vitest'
import { forgetProcessWide } from '../../process-wide.ts'
import { bucketCount, takeTokens } from './token-buckets.ts'

beforeEach(() => forgetProcessWide('token buckets'))

const rate = { perMinute: 60, burst: 3 }
const wide = { perMinute: 600, burst: 10 }

test('S5: a bucket gives its burst at once, then one after the other', () => {
  const take = (at: number) => takeTokens([{ key: 'a', rate }], at)
  expect([take(0), take(0), take(0)].map((taken) => 'levels' in taken)).toEqual([true, true, true])
  expect(take(0)).toMatchObject({ retryAfterSeconds: 1 })
  expect(take(999)).toHaveProperty('refused')
  expect(take(1_000)).toMatchObject({ levels: [{ left: 0, fullInSeconds: 3 }] })
  expect(take(1_000)).toHaveProperty('refused')
  expect(take(60_000)).toMatchObject({ levels: [{ left: 2 }] })
})

test('S5: one that is refused takes nothing from those at the same address', () => {
  const take = (who: string) =>
    takeTokens(
      [
        { key: who, rate },
        { key: 'address', rate: wide },
      ],
      0,
    )
  for (let index = 0; index < 100; index++) take('stranger')
  for (let index = 0; index < 3; index++) expect(take('anna')).toHaveProperty('levels')
  expect(take('anna')).toMatchObject({ refused: { key: 'anna' } })
})

test('S5: many accounts at one address meet the limit of the address', () => {
  const takes = Array.from({ length: 40 }, (_, index) =>
    takeTokens(
      [
        { key: `account ${index}`, rate },
        { key: 'address', rate: wide },
      ],
      0,
    ),
  )
  expect(takes.filter((taken) => 'levels' in taken)).toHaveLength(10)
  expect(takes.at(-1)).toMatchObject({ refused: { key: 'address' }, retryAfterSeconds: 1 })
})

test('S18: a few thousand are kept at most, and none for longer than it matters', () => {
  for (let index = 0; index < 20_000; index++)
    takeTokens([{ key: `${index} ${'x'.repeat(200)}`, rate }], 0)
  expect(bucketCount()).toBe(8_192)
  takeTokens([{ key: 'later', rate }], 60_000)
  expect(bucketCount()).toBe(1)
})
