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

/** What a generation of so many seconds costs at a price, in micro-dollars: what is left of one counts as one. */
export function priceMicros({ perRunUsd, perSecondUsd }: Price, seconds: number) {
  const micros = (perRunUsd + perSecondUsd * seconds) * microsInDollar
  // To a millionth of it first: sums of dollars are not exact, and the noise is no micro-dollar more.
  return Math.ceil(Number(micros.toFixed(6)))
}

// A price factor is what a user pays for one dollar of cost, in millionths.

const millionths = 1_000_000n

/** What a user pays for what costs so much: what is left of a micro-dollar counts as one. */
export function pricedMicros(costMicros: number, priceFactor: number) {
  return Number((BigInt(costMicros) * BigInt(priceFactor) + millionths - 1n) / millionths)
}

/** The most something may cost whose price is to be within an amount. */
export function costWithin(amountMicros: number, priceFactor: number) {
  return Number((BigInt(amountMicros) * millionths) / BigInt(priceFactor))
}

/** A price of the catalogue as users pay it. */
export function pricedAt({ perRunUsd, perSecondUsd }: Price, priceFactor: number): Price {
  const priced = (usd: number) => Number(((usd * priceFactor) / microsInDollar).toFixed(12))
  return { perRunUsd: priced(perRunUsd), perSecondUsd: priced(perSecondUsd) }
}
