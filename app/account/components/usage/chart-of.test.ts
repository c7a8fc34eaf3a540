import { expect, test } from 'vitest'
import { chartOf } from './chart-of.ts'

const now = Date.parse('2026-03-01T00:30:00Z')

test('there is a bar for every day up to today, across the end of a month', () => {
  const bars = chartOf([], now)
  expect(bars).toHaveLength(31)
  expect([bars[0]!.day, bars[29]!.day, bars[30]!.day]).toEqual([
    '2026-01-30',
    '2026-02-28',
    '2026-03-01',
  ])
  expect(bars.every(({ share }) => share === 0)).toBe(true)
})

test('models of a day are one bar, measured by the most expensive day', () => {
  const spent = (day: string, model: string, usd: number) => ({
    day,
    model,
    modelLabel: model,
    usd,
    videos: 1,
  })
  const days = [
    spent('2026-03-01', 'veo-3', 0.5),
    spent('2026-03-01', 'kling-3', 1.5),
    spent('2026-02-28', 'veo-3', 1),
  ]
  const bars = chartOf(days, now)
  expect(bars.slice(-3).map(({ usd, share }) => [usd, share])).toEqual([
    [0, 0],
    [1, 0.5],
    [2, 1],
  ])
})
