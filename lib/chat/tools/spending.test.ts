import { expect, test } from 'vitest'
import { quoteOfApproval, spendQuestion } from '#lib/contract/chat-tools'
import { sayIn } from '#lib/messages/translate'
import { quoteOf } from './spending.ts'

test('the question names the price, and what it may come to where that is more', () => {
  const same = spendQuestion([quoteOf({ usd: 1.2, upToUsd: 1.2 })])
  expect(sayIn('en', same)).toBe('This video costs about $1.20. Start it?')
  expect(sayIn('ru', same)).toBe('Видео стоит примерно $1,20. Запустить?')
  expect(sayIn('en', spendQuestion([quoteOf({ usd: 0.4, upToUsd: 1.2 })]))).toBe(
    'This video costs about $0.40, up to $1.20 if it falls back to another provider. Start it?',
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
