import { expect, test } from 'vitest'
import { ledgerLines, sumOfLedgers } from './ledgers.mjs'

const sound = { transfers: 7, sum: '0', accounts: 3, mismatches: 0, examples: [] }
const linesOf = (...reports: object[]) => reports.map((one) => `${JSON.stringify(one)}\n`).join('')

test('the ledgers of all servers are told in one line', () => {
  const sum = sumOfLedgers(linesOf(sound, { ...sound, transfers: 0, accounts: 0 }, sound))
  expect(ledgerLines(sum)).toBe('ledger: 14 transfers, sum 0, 6 accounts, 0 mismatches')
})

test('what does not fit in one of them is told, also where it levels out with another', () => {
  const short = { ...sound, sum: '-5', mismatches: 1, examples: ['held:anna: 5, not 0'] }
  const sum = sumOfLedgers(linesOf(sound, short, { ...sound, sum: '5' }))
  expect(sum).toMatchObject({ sum: '0', mismatches: 3 })
  expect(ledgerLines(sum)).toContain('3 mismatches\n  held:anna: 5, not 0')
})

test('without a server there is nothing to tell of', () => {
  expect(sumOfLedgers('')).toMatchObject({ transfers: 0, mismatches: 0 })
})
