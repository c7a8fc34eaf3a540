import { expect, it } from 'vitest'
import { estimatedWords, expectedWords } from './expected-words.ts'

it('tells the usual time, the long one, and how it is known', () => {
  expect(expectedWords({ seconds: 41, p90Seconds: 70, runs: 12 })).toBe(
    'usually 41 s, 9 in 10 within 1 min 10 s, estimated from 12 runs',
  )
  expect(expectedWords({ seconds: 41, p90Seconds: null, runs: 1 })).toBe(
    'usually 41 s, estimated from 1 run',
  )
  expect(expectedWords(null)).toBeNull()
})

it('claims no runs where there were none', () =>
  expect(estimatedWords({ seconds: 90, p90Seconds: null, runs: 0 })).toBe('estimated'))
