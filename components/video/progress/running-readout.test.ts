import { expect, it } from 'vitest'
import { estimatedLabel, expectedLabel } from './running-readout.tsx'

it('gives the usual time, the p90 time, and their source', () => {
  expect(expectedLabel({ seconds: 41, p90Seconds: 70, runs: 12 })).toBe(
    'usually 41 s, 9 in 10 within 1 min 10 s, estimated from 12 runs',
  )
  expect(expectedLabel({ seconds: 41, p90Seconds: null, runs: 1 })).toBe(
    'usually 41 s, estimated from 1 run',
  )
  expect(expectedLabel(null)).toBeNull()
})

it('names no runs without any', () =>
  expect(estimatedLabel({ seconds: 90, p90Seconds: null, runs: 0 })).toBe('estimated'))
