import { randomUUID } from 'node:crypto'
import { usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { type Transaction, inTransaction } from '../db/client.ts'
import { AppError } from '../errors.ts'
import {
  type Balance,
  type Movement,
  accountsOf,
  adopterOf,
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
}

/** Gives an owner credits, or takes some back that it still has; answers its balance then. */
export function grant({ amountMicros, ...given }: Grant): Promise<Balance> {
  return inTransaction(async (tx) => {
    const ownerId = await adopterOf(tx, given.ownerId)
    const { available } = accountsOf(ownerId)
    const isGiven = amountMicros > 0
    const movement: Movement = {
      ...given,
      ownerId,
      key: `grant:${randomUUID()}`,
      kind: 'granted',
      from: isGiven ? shared.grants : available,
      to: isGiven ? available : shared.grants,
      amountMicros: Math.abs(amountMicros),
    }
    const balances = await lockAccounts(tx, [available, shared.grants])
    const left = balances.get(available)! + amountMicros
    if (!isGiven && left < 0) throw notThere(balances.get(available)!)
    await moveMoney(tx, [movement])
    return balanceOf(ownerId, tx)
  })
}

function notThere(availableMicros: number) {
  return new AppError('insufficient_credits', {
    userMessage: message('money.notThere', { available: { usd: usdOf(availableMicros) } }),
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
