import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchable } from './searchable.ts'

test.each([
  ['caf\u00e9', 'cafe\u0301'],
  ['Ｆｕｌｌ　Ｗｉｄｔｈ', 'full width'],
  ['İstanbul', 'istanbul'],
  ['ISTANBUL', 'ıstanbul'],
  ['Straße', 'STRASSE'],
  ['Straße', 'strasse'],
  ['Ёлка', 'елка'],
  ['ﾊﾟﾘ', 'パリ'],
  ['한국', '한국'.normalize('NFD')],
  ['ΟΔΟΣ', 'οδος'],
  ['οδοσ', 'ΌΔΟΣ'],
  ['Łódź', 'lodz'],
  ['Đà Nẵng', 'da nang'],
  ['ﬁlm', 'FILM'],
  ['سَلَام', 'سلام'],
  ['كتابي', 'کتابی'],
  ['שָׁלוֹם', 'שלום'],
  ['می\u200Cخواهم', 'میخواهم'],
  ['a\u00ADb\u200Bc', 'abc'],
  ['two\n\u00A0words', 'two words'],
  ['❤️', '❤'],
  ['STRAẞE', 'straße'],
  ['don’t', "don't"],
  ['“fox”', '"fox"'],
  ['«лиса»', '"лиса"'],
  ['Санкт‑Петербург', 'санкт-петербург'],
  ['1990–2000', '1990-2000'],
  ['צה״ל', 'צה"ל'],
])('F22: %j is found by %j', (text, words) => expect(searchable(text)).toBe(searchable(words)))

test.each([
  ['мой', 'мои'],
  ['か', 'が'],
  ['กา', 'กี'],
  ['की', 'का'],
  ['100%', '100'],
])('F22: %j is not found by %j', (text, words) =>
  expect(searchable(text)).not.toBe(searchable(words)),
)

test('F22: what is normalised stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(searchable(searchable(text))).toBe(searchable(text))
    }),
  )
})
