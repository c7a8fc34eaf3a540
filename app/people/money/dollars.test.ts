import { expect, test } from 'vitest'
import { amountRules, dollarsOrNone, dollarsTyped } from './dollars.ts'

test.each([
  ['5', 5],
  [' 5.50 ', 5.5],
  ['5,5', 5.5],
  ['$20', 20],
  ['-$3.25', -3.25],
  ['0.0125', 0.0125],
  ['1,000', undefined],
  ['1.000', undefined],
  ['1,000.50', undefined],
  ['5e3', undefined],
  ['', undefined],
  ['five', undefined],
  ['99999999', undefined],
])('%s is typed: %s', (text, usd) => {
  expect(dollarsTyped(text)).toBe(usd)
})

test('an amount that may be left out is none only where it is empty', () => {
  expect(dollarsOrNone('')).toBeNull()
  expect(amountRules.optional(' ')).toBeUndefined()
  expect(amountRules.optional('0')).toBeUndefined()
  expect(amountRules.optional('-1')).toBeDefined()
  expect(amountRules.optional('1,000')).toBeDefined()
})

test('what is granted may take back, what is paid may not', () => {
  expect(amountRules.signed('-5')).toBeUndefined()
  expect(amountRules.signed('0')).toBeDefined()
  expect(amountRules.above('-5')).toBeDefined()
  expect(amountRules.zeroOrMore('0')).toBeUndefined()
})
