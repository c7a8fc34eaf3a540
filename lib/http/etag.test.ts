import { expect, test } from 'vitest'
import { matchesEtag } from './etag.ts'

test.each([
  ['"9"', true],
  ['W/"9"', true],
  ['"1", W/"9"', true],
  ['"1",  "9" ,"x"', true],
  ['*', true],
  [' * ', true],
  ['"8"', false],
  ['W/"99"', false],
  ['9', false],
  ['"9', false],
  ['"*"', false],
  ['', false],
  [null, false],
])('F30: If-None-Match %s is %s of "9"', (header, expected) => {
  expect(matchesEtag(header, '"9"')).toBe(expected)
})
