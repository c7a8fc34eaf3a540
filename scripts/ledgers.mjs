// The ledgers of all servers that the tests in the browser have started, added up.

/**
 * @typedef {{ transfers: number, accounts: number, sum: string, mismatches: number, examples: string[] }} Report
 */

/**
 * Adds up reports, one a line of JSON.
 * @param {string} lines
 * @returns {Report}
 */
export function sumOfLedgers(lines) {
  /** @type {Report[]} */
  const reports = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
  return {
    transfers: reports.reduce((total, { transfers }) => total + transfers, 0),
    accounts: reports.reduce((total, { accounts }) => total + accounts, 0),
    sum: String(reports.reduce((total, { sum }) => total + BigInt(sum), 0n)),
    mismatches: reports.reduce(
      (total, { sum, mismatches }) => total + mismatches + (sum === '0' ? 0 : 1),
      0,
    ),
    examples: reports.flatMap(({ examples }) => examples),
  }
}

/**
 * `ledger: 12 transfers, sum 0, 5 accounts, 0 mismatches`, and what does not fit.
 * @param {Report} report
 */
export function ledgerLines({ transfers, sum, accounts, mismatches, examples }) {
  const line = `ledger: ${transfers} transfers, sum ${sum}, ${accounts} accounts, ${mismatches} mismatches`
  return [line, ...examples.map((one) => `  ${one}`)].join('\n')
}
