import { describe, expect, it } from 'vitest'
import { formatClock, formatSpan, formatTimecode, secondsBetween } from './format-time.ts'

describe('formatClock', () => {
  it.each([
    [0, '0:00.0'],
    [7.42, '0:07.4'],
    [59.99, '0:59.9'],
    [60, '1:00.0'],
    [3605.3, '1:00:05.3'],
    [-5, '0:00.0'],
  ])('writes %d s as %s', (seconds, text) => expect(formatClock(seconds)).toBe(text))
})

describe('formatTimecode', () => {
  it.each([
    [4, '0:04'],
    [4.04, '0:04'],
    [725, '12:05'],
    [3600, '1:00:00'],
  ])('writes %d s as %s', (seconds, text) => expect(formatTimecode(seconds)).toBe(text))
})

describe('formatSpan', () => {
  it.each([
    [-1, '0 ms'],
    [0.04, '40 ms'],
    [0.2, '0.2 s'],
    [3, '3 s'],
    [9.97, '10 s'],
    [41.3, '41 s'],
    [59.7, '1 min'],
    [185, '3 min 5 s'],
    [7440, '2 h 4 min'],
  ])('writes %d s as %s', (seconds, text) => expect(formatSpan(seconds)).toBe(text))
})

describe('secondsBetween', () => {
  it('measures between two times, or up to a moment', () => {
    expect(secondsBetween('2026-01-01T00:00:00Z', '2026-01-01T00:00:41.5Z')).toBe(41.5)
    expect(secondsBetween('1970-01-01T00:00:00Z', 2500)).toBe(2.5)
  })

  it('stays at zero where the clocks disagree', () => {
    expect(secondsBetween('1970-01-01T00:01:00Z', 0)).toBe(0)
  })
})
