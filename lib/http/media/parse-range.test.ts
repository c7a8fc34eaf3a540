import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRange } from './parse-range.ts'

test.each([
  [null, undefined],
  ['bytes=0-4', { start: 0, end: 4 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-30', { start: 0, end: 9 }],
  ['bytes=0-999', { start: 0, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=4-2', undefined],
  ['bytes=0-1,3-4', undefined],
  ['lines=0-1', undefined],
  ['bytes=-', undefined],
  ['bytes=0-18446744073709551615', { start: 0, end: 9 }],
  ['bytes=18446744073709551615-', 'unsatisfiable'],
  ['bytes=-18446744073709551615', { start: 0, end: 9 }],
  ['Bytes=2-3', { start: 2, end: 3 }],
  ['bytes=\t2-3, ', { start: 2, end: 3 }],
])('%s of 10 bytes', (header, expected) => expect(parseRange(header, 10)).toEqual(expected))

test('a range always lies within the object', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 1 }),
      (noise, from, to, size) => {
        for (const header of [noise, `bytes=${from}-${to}`, `bytes=-${to}`, `bytes=${from}-`]) {
          const range = parseRange(header, size)
          if (typeof range !== 'object') continue
          expect(range.start).toBeGreaterThanOrEqual(0)
          expect(range.end).toBeLessThan(size)
          expect(range.start).toBeLessThanOrEqual(range.end)
        }
      },
    ),
  )
})
