import { expect, it } from 'vitest'
import { estimatedLabel, expectedLabel } from './running-readout.tsx'

it('tells the usual time, the long one, and how it is known', () => {
  expect(expectedLabel({ seconds: 41, p90Seconds: 70, runs: 12 })).toBe(
    'usually 41 s, 9 in 10 within 1 min 10 s, estimated from 12 runs',
  )
  expect(expectedLabel({ seconds: 41, p90Seconds: null, runs: 1 })).toBe(
    'usually 41 s, estimated from 1 run',
  )
  expect(expectedLabel(null)).toBeNull()
})

it('claims no runs where there were none', () =>
  expect(estimatedLabel({ seconds: 90, p90Seconds: null, runs: 0 })).toBe('estimated'))
