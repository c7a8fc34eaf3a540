import type { Price, Resolution } from './model-view.ts'

// Money is integer micro-dollars wherever it is kept, compared or added; dollars only where they are shown or read.

const microsInDollar = 1_000_000

/** Micro-dollars of an amount in dollars, to the nearest; of one beyond any, the most that can be counted exactly. */
export function microsOf(usd: number) {
  const most = Number.MAX_SAFE_INTEGER
  return Math.max(-most, Math.min(Math.round(usd * microsInDollar), most))
}

/** Dollars of micro-dollars, for a view. */
export function usdOf(micros: number) {
  return micros / microsInDollar
}

/**
 * What a generation of so many seconds, and of a size, costs at a price, in micro-dollars: what is left of one counts as
 * one. The size may be left out where none has a price of its own.
 */
export function priceMicros(price: Price, seconds: number, size?: Resolution) {
  const { perSecondUsd } = price
  const perRunUsd = (size && price.perRunUsdAt?.[size]) ?? price.perRunUsd
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
export function pricedAt(
  { perRunUsd, perSecondUsd, perRunUsdAt }: Price,
  priceFactor: number,
): Price {
  const priced = (usd: number) => Number(((usd * priceFactor) / microsInDollar).toFixed(12))
  const bySize = Object.entries(perRunUsdAt ?? {}).map(([size, usd]) => [size, priced(usd)])
  return {
    perRunUsd: priced(perRunUsd),
    perSecondUsd: priced(perSecondUsd),
    ...(perRunUsdAt && { perRunUsdAt: Object.fromEntries(bySize) as Price['perRunUsdAt'] & {} }),
  }
}

/** Whether anything of this price is money. */
export function isPaid({ perRunUsd, perSecondUsd, perRunUsdAt }: Price) {
  return (
    perRunUsd > 0 || perSecondUsd > 0 || Object.values(perRunUsdAt ?? {}).some((usd) => usd > 0)
  )
}
