import { expect, test } from 'vitest'
import { formatMoment } from './format-moment.ts'

const now = new Date(2026, 10, 21, 14, 0)

test.each([
  [new Date(2026, 10, 21, 14, 5), '14:05'],
  [new Date(2026, 10, 22, 1, 30), '01:30'],
  [new Date(2026, 10, 20, 9, 0), '20 Nov, 09:00'],
  [new Date(2026, 11, 3, 18, 45), '3 Dec, 18:45'],
])('%s', (moment, words) => {
  expect(formatMoment(moment.toISOString(), now.getTime())).toBe(words)
})
