import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { type Transaction, inTransaction } from '../db/client.ts'
import { transfer } from '../db/money-schema.ts'
import { AppError } from '../errors.ts'
import { adopterOf } from '../db/queries/adopted.ts'
import {
  type Balance,
  type Movement,
  accountsOf,
  balanceOf,
  lockAccounts,
  moveMoney,
  shared,
} from './accounts.ts'

export interface Grant {
  ownerId: string
  /** Below zero it takes back, up to what is available. */
  amountMicros: number
  byUserId: string | null
  note: string | null
  /** One an intention: the same one again gives nothing more, and is refused where it is for something else. */
  intention?: string | null
}

/** Gives an owner credits, or takes some back that it still has; answers its balance then. */
export function grant({ amountMicros, intention, ...given }: Grant): Promise<Balance> {
  return inTransaction(async (tx) => {
    const ownerId = await adopterOf(given.ownerId, tx)
    const { available } = accountsOf(ownerId)
    const isGiven = amountMicros > 0
    const movement: Movement = {
      ...given,
      ownerId,
      key: `grant:${intention ? `${given.byUserId} ${intention}` : randomUUID()}`,
      kind: 'granted',
      from: isGiven ? shared.grants : available,
      to: isGiven ? available : shared.grants,
      amountMicros: Math.abs(amountMicros),
    }
    const balances = await lockAccounts(tx, [available, shared.grants])
    if (await isMoved(tx, movement)) return balanceOf(ownerId, tx)
    if (!isGiven) assertThere(-amountMicros, balances.get(available)!)
    await moveMoney(tx, [movement])
    return balanceOf(ownerId, tx)
  })
}

/** Under the lock of the accounts: of two at once the second sees the first. Throws where the key has moved something else. */
async function isMoved(tx: Transaction, { key, from, ownerId, amountMicros }: Movement) {
  const [moved] = await tx.select().from(transfer).where(eq(transfer.key, key))
  if (!moved) return false
  const isSameWay = (moved.debit === shared.grants) === (from === shared.grants)
  const isSameOwner = (await adopterOf(moved.ownerId ?? '', tx)) === ownerId
  if (isSameWay && isSameOwner && moved.amount === amountMicros) return true
  throw new AppError('idempotency_key_reused', { userMessage: message('errors.keyReused') })
}

/** Throws where an owner has not so much available any more. */
export function assertThere(micros: number, availableMicros: number) {
  if (micros <= Math.max(0, availableMicros)) return
  throw new AppError('insufficient_credits', {
    userMessage: message('money.notThere', { available: { balanceUsd: usdOf(availableMicros) } }),
  })
}

/** Adds money that came from one of the installation's accounts to what an owner has available, once a key. */
export async function addCredits(
  tx: Transaction,
  { ownerId, from, ...movement }: Omit<Movement, 'to' | 'ownerId'> & { ownerId: string },
) {
  const { available } = accountsOf(ownerId)
  await lockAccounts(tx, [available, from])
  await moveMoney(tx, [{ ...movement, ownerId, from, to: available }])
}
