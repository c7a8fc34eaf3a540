import { env } from '../env.ts'

/** Whether starts need a balance. Without it every video's cost is still booked to its owner. */
export function isBilled() {
  return env().BILLING === 'credits'
}

/** What a user pays for one dollar of a model's cost, in millionths: from `PRICE_FACTOR`. */
export function priceFactorOf(model: string): number {
  const { byModel, all } = env().PRICE_FACTOR
  return byModel[model] ?? all
}
