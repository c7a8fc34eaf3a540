import { usdOf } from '#lib/contract/money'
import { env } from '../env.ts'
import { balanceOf } from './accounts.ts'

/** Whether starts need a balance, and what the balance of an owner is; null where it is not asked for. */
export async function billingOf(ownerId: string) {
  const { BILLING: billing } = env()
  if (billing === 'off') return { billing, balance: null }
  const { availableMicros, heldMicros } = await balanceOf(ownerId)
  const balance = { availableUsd: usdOf(availableMicros), heldUsd: usdOf(heldMicros) }
  return { billing, balance }
}
