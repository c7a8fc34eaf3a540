import { describe, expect, it } from 'vitest'
import { formatBytes, formatOrdinal, formatUsd } from './format-figures.ts'

describe('formatUsd', () => {
  it.each([
    [0, 'free'],
    [0.4, '$0.40'],
    [0.0042, '$0.0042'],
    [12, '$12.00'],
  ])('writes %d as %s', (usd, text) => expect(formatUsd(usd)).toBe(text))
})

describe('formatBytes', () => {
  it.each([
    [640, '640 B'],
    [12_340, '12 KB'],
    [999_700, '1.0 MB'],
    [1_234_567, '1.2 MB'],
    [250_000_000, '250 MB'],
  ])('writes %d as %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
})

describe('formatOrdinal', () => {
  it.each([
    [1, '1st'],
    [2, '2nd'],
    [3, '3rd'],
    [4, '4th'],
    [11, '11th'],
    [22, '22nd'],
    [113, '113th'],
  ])('writes %d as %s', (place, text) => expect(formatOrdinal(place)).toBe(text))
})
