import { type AttemptOutcome } from '#lib/contract/file-view'
import { isFinalState } from '#lib/generations/states'
import type { Books } from '../books.ts'
import type { BookedJob } from '../market.ts'
import type { MoneyPlan } from './money-plan.ts'
import type { Outcome } from '../run-plan.ts'

/** What the rules leave to the installation, or undecided; all else the user pays, to the micro-dollar. */
export const leftOver = [
  // Left to the installation.
  'billed for a failure, and not reported',
  'billed for a film that was lost, and not reported',
  'billed above what was held',
  'billed late, and not covered any more',
  // Undecided: it stays held.
  'held while its submit is unknown',
  'held while an attempt is open',
] as const
export type LeftOver = (typeof leftOver)[number]

export interface LedgerVerdict {
  /** Where the ledger is wrong; null where it is right. */
  fault: string | null
  /** By which rules the user did not pay what was billed. */
  leftOver: LeftOver[]
}

/** Judges what the user was charged by the providers' books, and the ledger by its own rules. */
export function judgeLedger(plan: MoneyPlan, outcome: Outcome): LedgerVerdict {
  const fault = bookkeepingFault(plan, outcome.books)
  if (fault) return { fault, leftOver: [] }
  return outcome.books.hold.chargedMicros === null ? whyHeld(outcome) : whatWasPaid(plan, outcome)
}

const right = (...names: LeftOver[]): LedgerVerdict => ({ fault: null, leftOver: names })
const wrong = (fault: string): LedgerVerdict => ({ fault, leftOver: [] })

/** Balances that are not what the hold says, or money from nowhere. */
function bookkeepingFault(plan: MoneyPlan, { hold, transfers, balances, sumMicros }: Books) {
  if (sumMicros !== 0) return `the accounts sum up to ${sumMicros}`
  const { amountMicros, chargedMicros } = hold
  const isSettled = chargedMicros !== null
  const heldNow = isSettled ? 0 : amountMicros
  if (balances.held !== heldNow) return `${balances.held} is held, not ${heldNow}`
  if (balances.spent !== (chargedMicros ?? 0))
    return `${balances.spent} is spent, ${chargedMicros} was charged`
  const { isBilled } = plan.terms
  if (!isBilled && balances.open !== -(chargedMicros ?? amountMicros))
    return `${balances.open} was taken without a bill`
  if (balances.available < 0) return `the balance is ${balances.available}`
  const of = (kind: string) => transfers.filter((one) => one.kind === kind).length
  if (of('held') !== 1) return `held ${of('held')} times`
  return isSettled || transfers.length === 1 ? null : 'moved before it was settled'
}

const mayBeOpen: ReadonlySet<AttemptOutcome> = new Set([
  'submitting',
  'unknown',
  'accepted',
  'canceled',
])

/** Money stays held only while its video is under way, or where it cannot be told what was billed for it. */
function whyHeld({ row, attempts, books: { hold } }: Outcome) {
  const isUncertain = hold.uncertainSince !== null
  if (row && !isFinalState(row.state)) {
    if (isUncertain) return wrong(`uncertain, and still ${row.state}`)
    return right('held while its submit is unknown')
  }
  const isOpen = attempts.some(
    ({ outcome, costMicros }) => costMicros === null && mayBeOpen.has(outcome),
  )
  if (!isOpen) return wrong('held, and all is known')
  return isUncertain ? right('held while an attempt is open') : wrong('held, and no one is told')
}

function whatWasPaid(plan: MoneyPlan, { row, attempts, jobs, books: { hold } }: Outcome) {
  const { amountMicros, ownCostMicros } = hold
  const chargedMicros = hold.chargedMicros!
  const names: LeftOver[] = []
  const owed = jobs.filter((job) => {
    const why = notTheUsers(job, attempts, row)
    if (why) names.push(why)
    return why === null
  })
  const price = priceOf(plan, owed)
  const most = Math.min(price, amountMicros)
  if (price > amountMicros) names.push('billed above what was held')
  if (chargedMicros < most && plan.events.includes('the rest is spent') && plan.terms.isBilled)
    names.push('billed late, and not covered any more')
  else if (chargedMicros !== most) return wrong(`charged ${chargedMicros}, and owed ${most}`)
  if (chargedMicros + ownCostMicros !== price)
    return wrong(`${chargedMicros} and ${ownCostMicros} booked of ${price}`)
  if (row && row.chargedMicros !== chargedMicros)
    return wrong(`its row says ${row.chargedMicros}, and ${chargedMicros} was charged`)
  return right(...names)
}

/** Why a user does not pay a job that was billed; null where the user does. */
function notTheUsers(
  { idempotencyKey, billedMicros }: BookedJob,
  attempts: Outcome['attempts'],
  row: Outcome['row'],
): LeftOver | null {
  const attempt = attempts.find((one) => one.idempotencyKey === idempotencyKey)
  if (!attempt || billedMicros === 0) return null
  if (attempt.outcome === 'failed' && attempt.costMicros === null)
    return 'billed for a failure, and not reported'
  const isLost = attempt.outcome === 'completed' && row?.state === 'failed'
  const isReported = row?.isCostReported && row.attemptKey === idempotencyKey
  return isLost && !isReported ? 'billed for a film that was lost, and not reported' : null
}

/** In the user's prices, what is left of a micro-dollar counting as one. */
function priceOf({ terms: { priceFactor } }: MoneyPlan, jobs: BookedJob[]) {
  const billed = jobs.reduce((sum, { billedMicros }) => sum + billedMicros, 0)
  return Math.ceil(Number(((billed * priceFactor) / 1_000_000).toFixed(6)))
}
