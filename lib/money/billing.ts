import { usdOf } from '#lib/contract/money'
import { env } from '../env.ts'
import { balanceOf } from './accounts.ts'

/** Whether starts need a balance. Without it every video's cost is still booked to its owner. */
export function isBilled() {
  return env().BILLING === 'credits'
}

/** What a user pays for one dollar of a model's cost, in millionths: from `PRICE_FACTOR`. */
export function priceFactorOf(model: string): number {
  const { byModel, all } = env().PRICE_FACTOR
  return byModel[model] ?? all
}

/** Whether starts need a balance, and what the balance of an owner is; null where it is not asked for. */
export async function billingOf(ownerId: string) {
  const { BILLING: billing } = env()
  if (billing === 'off') return { billing, balance: null }
  const { availableMicros, heldMicros } = await balanceOf(ownerId)
  const balance = { availableUsd: usdOf(availableMicros), heldUsd: usdOf(heldMicros) }
  return { billing, balance }
}
