import { expect, test } from 'vitest'
import { monthsUpTo } from './months.ts'

test('months go back across the turn of a year, from the last day of a long one', () => {
  const months = monthsUpTo(Date.parse('2026-03-31T23:59:59Z'))
  expect(months.slice(0, 4)).toEqual(['2026-03', '2026-02', '2026-01', '2025-12'])
  expect(new Set(months).size).toBe(12)
})
