import { z } from 'zod'

const usdPerCredit = 0.005

const credits = z.number().nullish().catch(undefined)

/** What a record says about its price, under either of its names. Absent from some records, and never required. */
export const kieCostFields = { creditsConsumed: credits, consumeCredits: credits }

/** The price in dollars, at half a cent a credit; without the field where the record tells none. */
export function kieCost(record: {
  creditsConsumed?: number | null
  consumeCredits?: number | null
}): { costUsd?: number } {
  const consumed = record.creditsConsumed ?? record.consumeCredits
  return typeof consumed === 'number' ? { costUsd: consumed * usdPerCredit } : {}
}
