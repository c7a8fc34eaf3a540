import { expect, it } from 'vitest'
import type { FileView } from '#lib/contract/file-view'
import type { Locale } from '#lib/messages/locales'
import { sayIn } from '#lib/messages/translate'
import { expectedLabel, progressInFull, progressLabel } from './progress-label.ts'

const estimate = {
  percent: 43.7,
  source: 'estimated',
  elapsedSeconds: 1,
  isOverdue: false,
} as const

it('gives the usual time, the p90 time, and their source', () => {
  const says = (expected: FileView['expected'], locale: Locale = 'en') =>
    sayIn(locale, expectedLabel(expected))
  expect(says({ seconds: 41, p90Seconds: 70, runs: 12 })).toBe(
    'Usually 41 s, 9 in 10 within 1 min 10 s, estimated from 12 runs',
  )
  expect(says({ seconds: 41, p90Seconds: null, runs: 1 })).toBe(
    'Usually 41 s, estimated from 1 run',
  )
  expect(says({ seconds: 90, p90Seconds: null, runs: 0 })).toBe('Usually 1 min 30 s, estimated')
  expect(says(null)).toBe('Unknown, no past runs yet')
  expect(says({ seconds: 41, p90Seconds: null, runs: 21 }, 'ru')).toBe(
    'Обычно 41\u00a0с, оценка по 21 запуску',
  )
})

it.each([
  [1, 'запуску'],
  [2, 'запускам'],
  [5, 'запускам'],
  [11, 'запускам'],
  [21, 'запуску'],
  [22, 'запускам'],
  [25, 'запускам'],
  [101, 'запуску'],
])('declines %d runs in Russian', (runs, word) => {
  const expected = { seconds: 41, p90Seconds: null, runs }
  expect(sayIn('ru', progressInFull(estimate, expected))).toBe(
    `43\u00a0%, оценка по ${runs} ${word}`,
  )
})

it('names the source of a figure, and no runs without any', () => {
  const full = (part: Partial<typeof estimate | { percent: null }>, runs: number) =>
    sayIn('en', progressInFull({ ...estimate, ...part }, { seconds: 9, p90Seconds: null, runs }))
  expect(full({}, 12)).toBe('43%, estimated from 12 runs')
  expect(full({}, 0)).toBe('43% estimated')
  expect(full({ percent: null }, 12)).toBe('Unknown')
  const reported = { ...estimate, source: 'reported' } as const
  expect(sayIn('en', progressInFull(reported, null))).toBe('43% reported')
  expect(sayIn('ru', progressInFull(reported, null))).toBe('43\u00a0% по данным провайдера')
  expect(progressLabel({ ...estimate, percent: null })).toBeNull()
})
