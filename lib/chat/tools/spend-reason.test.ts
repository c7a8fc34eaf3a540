import { expect, test } from 'vitest'
import { spendReason, toldUsd } from './spend-reason.ts'

test('the question names the price, and what it may come to where that is more', () => {
  expect(spendReason({ usd: 1.2, upToUsd: 1.2 })).toBe(
    'This video will cost about $1.20. Start it?',
  )
  expect(spendReason({ usd: 0.4, upToUsd: 1.2 })).toBe(
    'This video will cost about $0.40, up to $1.20 if another provider steps in. Start it?',
  )
})

test.each([
  [1.2, 1.2],
  [0.4, 1.2],
  [0.1 + 0.2, 0.1 + 0.2],
  [1.234, 2.3451],
  [100, 1000.001],
])('what is told for %d, up to %d, is enough, and to the cent', (usd, upToUsd) => {
  const told = toldUsd(spendReason({ usd, upToUsd }))!
  expect(told).toBeGreaterThanOrEqual(upToUsd - 0.0001)
  expect(told - upToUsd).toBeLessThan(0.01)
})

test('what is no such question tells nothing', () => {
  expect(toldUsd(undefined)).toBeUndefined()
  expect(toldUsd('Shall I?')).toBeUndefined()
})
