import { parseArgs } from 'node:util'
import { usdOf } from '#lib/contract/money'
import { grantAsAsked } from './admin-input.ts'
import { checkLedger, describeLedger, isSound } from './check.ts'

interface Command {
  /** The words that call it. */
  name: string
  /** What comes behind them. */
  takes: string
  /** Does it; answers the lines to print, or undefined where the words behind it make no sense. */
  run(words: string[]): Promise<string[]> | undefined
}

/** The operator's commands about money. */
export const moneyCommands: Command[] = [
  {
    name: 'grant',
    takes: '<email or organization> <usd> [--note <text>]',
    run: (words) => {
      const wish = readGrant(words)
      return wish && give(wish)
    },
  },
  {
    name: 'ledger check',
    takes: '',
    run: (words) => (words.length === 0 ? check() : undefined),
  },
]

async function give(wish: object) {
  const { owner, balance } = await grantAsAsked(wish, null)
  return [`${owner.name}: $${usdOf(balance.availableMicros).toFixed(2)} available.`]
}

// A negative amount, which takes credits back, looks like an option.
const amount = /^-?\d+(?:\.\d+)?$/

function readGrant(words: string[]) {
  const place = words.findIndex((word) => amount.test(word))
  if (place === -1) return undefined
  const args = words.toSpliced(place, 1)
  const { values, positionals } = parseArgs({
    args,
    options: { note: { type: 'string' } },
    allowPositionals: true,
    strict: false,
  })
  const { note, ...unknown } = values
  const [owner, ...more] = positionals
  const isRead = owner !== undefined && more.length === 0 && Object.keys(unknown).length === 0
  const noted = note === undefined ? {} : { note }
  return isRead ? { owner, usd: Number(words[place]), ...noted } : undefined
}

async function check() {
  const report = await checkLedger()
  const lines = describeLedger(report)
  if (!isSound(report)) throw new Error(lines)
  return [lines]
}
