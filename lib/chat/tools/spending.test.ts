import { expect, test } from 'vitest'
import { quoteOfApproval } from '#lib/contract/chat-tools'
import { quoteOf, spendQuestion } from './spending.ts'

test('the question names the price, and what it may come to where that is more', () => {
  expect(spendQuestion(quoteOf({ usd: 1.2, upToUsd: 1.2 }))).toBe(
    'This video will cost about $1.20. Start it?',
  )
  expect(spendQuestion(quoteOf({ usd: 0.4, upToUsd: 1.2 }))).toBe(
    'This video will cost about $0.40, up to $1.20 if another provider steps in. Start it?',
  )
})

test.each([
  [1.2, 1.2],
  [0.4, 1.2],
  [0.1 + 0.2, 0.1 + 0.2],
  [1.234, 2.3451],
  [100, 1000.001],
])('the limit for %d, up to %d, is enough, and to the cent', (usd, upToUsd) => {
  const { upToMicroUsd } = quoteOf({ usd, upToUsd })
  expect(Number.isInteger(upToMicroUsd)).toBe(true)
  expect(upToMicroUsd / 1_000_000).toBeGreaterThanOrEqual(upToUsd - 0.0001)
  expect(upToMicroUsd / 1_000_000 - upToUsd).toBeLessThan(0.01)
})

test.each([undefined, {}, { descriptor: 'up to $1.20' }, { descriptor: { microUsd: 1 } }])(
  'an approval without a quote has no limit: %j',
  (approval) => expect(quoteOfApproval(approval)).toBeUndefined(),
)
