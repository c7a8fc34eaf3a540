import { expect, test } from 'vitest'
import { formatRate } from './format-rate.ts'

test.each([
  [0, '0 %'],
  [0.001, '1 %'],
  [0.974, '97 %'],
  [0.999, '99 %'],
  [1, '100 %'],
])('%f is %s', (rate, words) => {
  expect(formatRate(rate)).toBe(words)
})
