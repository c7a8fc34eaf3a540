import { expect, test } from 'vitest'
import { testProvider } from '../../status/components/test-provider.ts'
import { creditWords, usageWords } from './provider-words.ts'

const now = new Date(2026, 10, 21, 14, 0)

test.each([
  [{ left: 1240, unit: 'credits' }, '1,240 credits'],
  [{ left: 0.5, unit: 'credits' }, '0.5 credits'],
  [{ left: 18.2, unit: 'USD' }, '$18.20'],
])('%o is told as %s', (credits, words) => {
  expect(creditWords(credits)).toBe(words)
})

test('a pause is told before the circuit', () => {
  const until = new Date(2026, 10, 21, 14, 20).toISOString()
  const told = (changes: Parameters<typeof testProvider>[0]) =>
    usageWords(testProvider(changes), now.getTime())
  expect(told({ circuit: 'open', pause: { until, reason: 'No credits.' } })).toBe(
    'No, taken out until 14:20.',
  )
  expect(told({ circuit: 'open' })).toBe('No, left alone for now.')
  expect(told({})).toBe('Yes, as usual.')
})
