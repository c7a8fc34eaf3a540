import { expect, it } from 'vitest'
import { rateWords } from './rate-words.ts'

it.each([
  [0, 0, 'free'],
  [0.4, 0, '$0.40 a video'],
  [0, 0.15, '$0.15 a second'],
  [0.4, 0.1, '$0.40 a video and $0.10 a second'],
])('writes %d a video and %d a second as %s', (perRunUsd, perSecondUsd, words) =>
  expect(rateWords({ perRunUsd, perSecondUsd })).toBe(words),
)
