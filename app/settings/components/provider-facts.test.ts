import { expect, test } from 'vitest'
import { testProvider } from '../../../tests/support/generations/test-provider.ts'
import { formatOf } from '#lib/messages/format'
import { sayIn } from '#lib/messages/translate'
import { creditLabel, usageLabel } from './provider-facts.tsx'

const now = new Date(2026, 10, 21, 14, 0)

test.each([
  [{ left: 1240, unit: 'credits' }, '1,240 credits'],
  [{ left: 0.5, unit: 'credits' }, '0.5 credits'],
  [{ left: 18.2, unit: 'USD' }, '$18.20'],
])('%o is shown as %s', (credits, words) => {
  expect(sayIn('en', creditLabel(credits, formatOf('en')))).toBe(words)
})

test.each([
  [0, '0 кредитов'],
  [1, '1 кредит'],
  [2, '2 кредита'],
  [11, '11 кредитов'],
  [22.5, '22,5 кредита'],
  [10_000, '10\u00a0000 кредитов'],
])('in Russian %d of them are %s', (left, words) => {
  expect(sayIn('ru', creditLabel({ left, unit: 'credits' }, formatOf('ru')))).toBe(words)
})

test('a cooldown is shown before the circuit', () => {
  const until = new Date(2026, 10, 21, 14, 20).toISOString()
  const labelOf = (changes: Parameters<typeof testProvider>[0]) =>
    sayIn('en', usageLabel(testProvider(changes)), now.getTime())
  expect(labelOf({ circuit: 'open', cooldown: { until, reason: 'No credits.' } })).toBe(
    'No, paused until 14:20.',
  )
  expect(labelOf({ circuit: 'open' })).toBe('No, paused after repeated failures.')
  expect(labelOf({})).toBe('Yes.')
})
