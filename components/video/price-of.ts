import { type RouteWishes, rankRoutes } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'

export interface VideoPrice {
  /** Dollars, at the provider that is tried first. */
  usd: number
  /** Dollars, where the dearest provider that may step in had to. */
  upToUsd: number
}

/** What one video costs now, by the very rule the server chooses with; null where nobody makes it. */
export function priceOf(
  wishes: RouteWishes & { model: string },
  models: readonly ModelView[],
): VideoPrice | null {
  const model = models.find(({ id, state }) => id === wishes.model && state !== 'retired')
  const prices = rankRoutes(model?.routes ?? [], wishes).map(({ usd }) => usd)
  const [usd] = prices
  return usd === undefined ? null : { usd, upToUsd: Math.max(...prices) }
}
