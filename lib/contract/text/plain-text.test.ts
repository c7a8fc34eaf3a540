import fc from 'fast-check'
import * as z from 'zod/mini'
import { expect, test } from 'vitest'
import { plain } from '../request/request-fields.ts'
import { plainName, beginningOf, isBlank, plainText } from './plain-text.ts'
import { anyText } from '../../../tests/support/any-text.ts'

test.each([
  ['a\0fox', 'afox'],
  ['a\u001B[31mfox\u007F\u0085', 'a[31mfox'],
  ['two\tparts\r\nand lines\n', 'two\tparts\r\nand lines\n'],
  ['half \uD83D', 'half \uFFFD'],
  ['👩‍👩‍👧 नमस्ते\u200D', '👩‍👩‍👧 नमस्ते\u200D'],
])('S12: %j is kept as %j', (text, kept) => expect(plainText(text)).toBe(kept))

test.each([
  '',
  ' \n',
  '\u200B\u200B',
  '\u2060\uFEFF',
  '\u00AD',
  '\u3164',
  '\u2800',
  '\u202E',
  '\u00A0\u2007\u3000',
  '\u115F\uFFA0',
  '\u{E0061}\uFE0F',
  '\u{1D159}',
  '\uFFFC',
  '\uFFFE',
  '\0',
  '\uD83D',
  '\uFFFD\uFFFD',
  '\u0301',
  ' \u0E31',
  '\u20E3\uFE0F',
  '\u{13430}',
])('F33: nothing of %j can be seen', (text) => {
  expect(isBlank(text)).toBe(true)
  expect(z.parse(z.string().check(plain()), text)).toBe('')
})

test.each(['a', '\u200Ba', '。', '🦊', '\u202Eא', 'กี', '1\uFE0F\u20E3', '\uE000'])(
  'something of %j can be seen',
  (text) => expect(isBlank(text)).toBe(false),
)

test.each([
  ['a fox', 5, 'a fox'],
  ['a fox', 4, 'a fo'],
  ['👩‍👩‍👧 fox', 4, ''],
  ['a👩‍👩‍👧 fox', 5, 'a'],
  ['नमस्ते', 4, 'नम'],
  ['e\u0301e\u0301', 3, 'e\u0301'],
  ['🦊🦊🦊', 2, '🦊🦊'],
])('the beginning of %s, at most %i characters, is %s', (text, max, expected) =>
  expect(beginningOf(text, max)).toBe(expected || Array.from(text).slice(0, max).join('')),
)

test('S12: what is plain stays as it is, and holds no control characters', () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      const once = plainText(text)
      expect(plainText(once)).toBe(once)
      expect(once).not.toMatch(/[^\P{Cc}\t\n\r]/u)
    }),
  )
})

test.each([
  ['Anna\u202Ereversed', 'Annareversed'],
  ['\u2067Olga\u2069 \u200EM', 'Olga M'],
  ['  Rain \n\t Films ', 'Rain Films'],
  ['Шофёр 😀', 'Шофёр 😀'],
  ['می\u200Cروم', 'می\u200Cروم'],
])('a name %j stands in a sentence as %j', (given, name) => {
  expect(plainName(given)).toBe(name)
})
