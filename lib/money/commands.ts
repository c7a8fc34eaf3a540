import { parseArgs } from 'node:util'
import { usdOf } from '#lib/contract/money'
import { inEnglish } from '#lib/messages/translate'
import { AppError } from '../errors.ts'
import { grantAsAsked } from './admin-input.ts'
import { checkLedger, describeLedger, isSound } from './check.ts'

// Commands of operators, as `npm run admin -- <command>`. Each answers its lines; it throws with what to do instead.

const grantUsage = 'grant <email or organization> <usd> [--note <text>]'

/** Gives credits to a user or an organization; a negative amount takes some back. */
export async function grantCommand(args: string[]): Promise<string> {
  const { owner, usd, note } = readGrant(args)
  const body = { owner, usd, ...(note !== undefined && { note }) }
  const given = await grantAsAsked(body, null).catch(inWordsOfCommand)
  const available = usdOf(given.balance.availableMicros).toFixed(2)
  return `${given.owner.name}: $${available} available.`
}

function readGrant(args: string[]) {
  // A negative amount looks like an option.
  const isAmount = (text: string) => /^-?\d+(?:\.\d+)?$/.test(text)
  const amount = args.find(isAmount)
  const rest = args.filter((text) => text !== amount)
  const options = { note: { type: 'string' } } as const
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true })
  const [owner, ...more] = positionals
  if (!owner || amount === undefined || more.length > 0) throw new Error(`Usage: ${grantUsage}`)
  return { owner, usd: Number(amount), note: values.note }
}

function inWordsOfCommand(error: unknown): never {
  throw error instanceof AppError ? new Error(inEnglish(error.userMessage)) : error
}

/** Checks the books, beside a running server too. Throws what it found where they do not fit. */
export async function ledgerCommand([what, ...more]: string[]): Promise<string> {
  if (what !== 'check' || more.length > 0) throw new Error('Usage: ledger check')
  const report = await checkLedger()
  if (!isSound(report)) throw new Error(describeLedger(report))
  return describeLedger(report)
}
