import { eq } from 'drizzle-orm'
import { pricedMicros, usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import type { Transaction } from '../db/client.ts'
import { hold, transfer } from '../db/money-schema.ts'
import { AppError } from '../errors.ts'
import { type Movement, accountsOf, lockAccounts, moveMoney, shared } from './accounts.ts'
import { countAgainstLimits } from './limits.ts'
import { isBilled } from './billing.ts'
import { type Payer, addSpending, withMaker } from './spending.ts'

export interface Hold {
  generationId: string
  /** The most the user agreed to, in the user's prices. Nothing is held for what is free. */
  amountMicros: number
  /** As at the start: what the user pays for one dollar of cost, in millionths. */
  priceFactor: number
  model: string
}

/**
 * Takes what generations may cost from their payer, all or nothing, in the transaction that starts them. Throws
 * `insufficient_credits` or `spending_limit_reached`. It locks what others wait for: it comes last, and once. The
 * transaction has asked `adopter_of` for the payer's owner, who therefore stays the owner until its end.
 */
export async function holdFor(
  tx: Transaction,
  { payer, holds, now }: { payer: Payer; holds: readonly Hold[]; now: Date },
) {
  const paid = holds.filter(({ amountMicros }) => amountMicros > 0)
  if (paid.length === 0) return
  const meant = await withMaker(payer, tx)
  const { ownerId, userId, keyId } = meant
  const accounts = accountsOf(ownerId)
  const source = isBilled() ? accounts.available : accounts.open
  await tx
    .insert(hold)
    .values(paid.map((one) => ({ ...one, ownerId, userId, keyId, source, createdAt: now })))
  const balances = await lockAccounts(tx, [source, accounts.held])
  const micros = paid.reduce((sum, { amountMicros }) => sum + amountMicros, 0)
  if (isBilled()) assertCovered(micros, balances.get(source)!)
  await moveMoney(
    tx,
    paid.map(({ generationId, amountMicros }) => ({
      key: `hold:${generationId}`,
      kind: 'held',
      from: source,
      to: accounts.held,
      amountMicros,
      ownerId,
      generationId,
    })),
  )
  await countAgainstLimits(tx, { payer: meant, micros, now })
}

function assertCovered(micros: number, availableMicros: number) {
  if (micros <= availableMicros) return
  const usd = (amount: number) => ({ usd: usdOf(amount) })
  throw new AppError('insufficient_credits', {
    userMessage: message('money.insufficientCredits', {
      price: usd(micros),
      available: { balanceUsd: usdOf(availableMicros) },
      missing: usd(micros - availableMicros),
    }),
  })
}

/** What a generation came to, as far as it is known. */
export type Outcome =
  /** Not decided: the money stays held. `isUncertain` where it is over and an admin has to decide. */
  | { kind: 'keep'; isUncertain: boolean }
  /** It cost the installation so much. `isUncertain` where that may not be all: it is then the least it cost. */
  | { kind: 'charge'; costMicros: number; isUncertain?: boolean }

export type HoldRow = typeof hold.$inferSelect

/** What a user pays, and what the installation takes on itself. Both null and 0 while nothing is settled. */
export type Settlement = Pick<HoldRow, 'chargedMicros' | 'ownCostMicros' | 'uncertainSince'>

/**
 * Settles the hold of a generation by what it came to, and answers the hold as it is then; undefined where nothing was
 * held. The user pays the price of the cost, never more than was agreed; the rest goes back. What is above is the
 * installation's own. Called again with the same it changes nothing; a cost that is learned later is one more entry.
 */
export async function settle(
  tx: Transaction,
  generationId: string,
  outcome: Outcome,
  now: Date,
): Promise<HoldRow | undefined> {
  const row = await lockHold(tx, generationId)
  if (!row) return undefined
  return settleAs(tx, row, (available) => settlementOf(row, outcome, available, now), now)
}

export async function lockHold(tx: Transaction, generationId: string) {
  const [row] = await tx
    .select()
    .from(hold)
    .where(eq(hold.generationId, generationId))
    .for('update')
  return row
}

/** What follows for a hold from an outcome; null where nothing does. Pure. */
export function settlementOf(
  row: HoldRow,
  outcome: Outcome,
  /** What a later charge may still take. */
  availableMicros: number,
  now: Date,
): Settlement | null {
  const { amountMicros, chargedMicros, ownCostMicros, uncertainSince, priceFactor } = row
  const isSettled = chargedMicros !== null
  if (outcome.kind === 'keep') {
    if (isSettled || outcome.isUncertain === (uncertainSince !== null)) return null
    const since = outcome.isUncertain ? now : null
    return { chargedMicros, ownCostMicros, uncertainSince: since }
  }
  const price = pricedMicros(outcome.costMicros, priceFactor)
  const since = outcome.isUncertain ? (uncertainSince ?? now) : null
  if (!isSettled) return { ...split(price, Math.min(amountMicros, price)), uncertainSince: since }
  const booked = chargedMicros + ownCostMicros
  // What is only the least it cost says nothing against what was booked.
  if (outcome.isUncertain && price <= booked) return null
  if (price === booked)
    return uncertainSince ? { chargedMicros, ownCostMicros, uncertainSince: null } : null
  const more = Math.min(price - booked, amountMicros - chargedMicros, Math.max(0, availableMicros))
  const charged = price < booked ? Math.min(chargedMicros, price) : chargedMicros + more
  return { ...split(price, charged), uncertainSince: since }
}

function split(price: number, chargedMicros: number) {
  return { chargedMicros, ownCostMicros: price - chargedMicros }
}

/** Brings a locked hold to a settlement: its row, the ledger and the spending figures. */
export async function settleAs(
  tx: Transaction,
  row: HoldRow,
  decide: (availableMicros: number) => Settlement | null,
  now: Date,
  by: Pick<Movement, 'byUserId' | 'note'> = {},
): Promise<HoldRow> {
  const { held, spent, open } = accountsOf(row.ownerId)
  const balances = await lockAccounts(tx, [row.source, held, spent])
  const settled = decide(row.source === open ? Infinity : balances.get(row.source)!)
  if (!settled) return row
  const isNews = row.chargedMicros === null && settled.chargedMicros !== null
  const changed = { ...row, ...settled, settledAt: isNews ? now : row.settledAt }
  await tx.update(hold).set(changed).where(eq(hold.generationId, row.generationId))
  const suffix = row.chargedMicros === null ? '' : `:${await transfersOf(tx, row.generationId)}`
  const movements = movementsBetween(row, changed, suffix).map((one) => ({ ...one, ...by }))
  const isOwn = changed.ownCostMicros !== row.ownCostMicros
  if (isOwn) await lockAccounts(tx, [shared.own, shared.writtenOff])
  await moveMoney(tx, movements)
  const micros = owed(changed) - owed(row)
  if (micros !== 0) await addSpending(tx, { payer: row, at: row.createdAt, micros })
  return changed
}

/** What counts as spent: what was charged, and what is held until then. */
function owed({ chargedMicros, amountMicros }: HoldRow) {
  return chargedMicros ?? amountMicros
}

/** How many transfers there are of a generation: the next ones are told apart by it. */
async function transfersOf(tx: Transaction, generationId: string) {
  return tx.$count(transfer, eq(transfer.generationId, generationId))
}

function movementsBetween(before: HoldRow, after: HoldRow, suffix: string): Movement[] {
  const { generationId, ownerId, source, amountMicros } = before
  const { held, spent } = accountsOf(ownerId)
  const of = (name: string) => ({ key: `${name}:${generationId}${suffix}`, ownerId, generationId })
  const own = after.ownCostMicros - before.ownCostMicros
  const written = { ...of('own'), kind: 'written_off', amountMicros: Math.abs(own) } as const
  const ownMove =
    own > 0
      ? { ...written, from: shared.own, to: shared.writtenOff }
      : { ...written, from: shared.writtenOff, to: shared.own }
  if (after.chargedMicros === null) return []
  const { chargedMicros: charged } = after
  if (before.chargedMicros === null)
    return [
      { ...of('settle'), kind: 'spent', from: held, to: spent, amountMicros: charged },
      {
        ...of('return'),
        kind: 'returned',
        from: held,
        to: source,
        amountMicros: amountMicros - charged,
      },
      ownMove,
    ]
  const more = charged - before.chargedMicros
  return [
    { ...of('late'), kind: 'spent', from: source, to: spent, amountMicros: more },
    { ...of('return'), kind: 'returned', from: spent, to: source, amountMicros: -more },
    ownMove,
  ]
}
