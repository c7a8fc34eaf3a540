import type { Sentence } from '#lib/messages/message'
import { type RouteWishes, rankRoutes } from '#lib/contract/choose-route'
import type { ModelView, RouteView } from '#lib/contract/model-view'

export interface VideoPrice {
  /** Dollars, at the provider that is tried first. */
  usd: number
  /** Dollars, at the most expensive provider it may fall back to. */
  upToUsd: number
}

export interface Quote extends VideoPrice {
  /** Which provider makes it, and why. */
  reason: Sentence
}

/** What so many videos cost now, by the rule the server chooses with; null where no provider makes them. */
export function quoteRoutes(
  routes: readonly RouteView[],
  wishes: RouteWishes,
  count = 1,
): Quote | null {
  const ranked = rankRoutes(routes, wishes)
  const [first] = ranked
  if (!first) return null
  const { usd, reason } = first
  const mostUsd = Math.max(...ranked.map((route) => route.usd))
  return { usd: usd * count, upToUsd: mostUsd * count, reason }
}

/** What one video of a model costs now; null where no provider makes it. */
export function priceOf(
  wishes: RouteWishes & { model: string },
  models: readonly ModelView[],
): VideoPrice | null {
  const model = models.find(({ id, state }) => id === wishes.model && state !== 'retired')
  const quote = quoteRoutes(model?.routes ?? [], wishes)
  return quote && { usd: quote.usd, upToUsd: quote.upToUsd }
}
