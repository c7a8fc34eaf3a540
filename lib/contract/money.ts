import type { Price } from './model-view.ts'

// Money is integer micro-dollars wherever it is kept, compared or added; dollars only where they are shown or read.

const microsInDollar = 1_000_000

/** Micro-dollars of an amount in dollars, to the nearest. */
export function microsOf(usd: number) {
  return Math.round(usd * microsInDollar)
}

/** Dollars of micro-dollars, for a view. */
export function usdOf(micros: number) {
  return micros / microsInDollar
}

/** What a generation of so many seconds costs at a price of the catalogue, in micro-dollars. */
export function priceMicros({ perRunUsd, perSecondUsd }: Price, seconds: number) {
  return microsOf(perRunUsd + perSecondUsd * seconds)
}
