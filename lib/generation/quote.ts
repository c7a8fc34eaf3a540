import { type RouteChoice, rankRoutes } from '#lib/contract/choose-route'
import type { GenerationRequest } from './read-generation-request.ts'

export interface Quote {
  /** The provider that is tried first, what it costs in dollars, and why it. */
  choice: RouteChoice
  /** Dollars, where the dearest provider that may step in had to. */
  upToUsd: number
}

/** What one video of a request costs, and who makes it. The request has been checked: some provider can. */
export function quote({ settings, model }: GenerationRequest): Quote {
  const ranked = rankRoutes(model.routes, settings)
  return { choice: ranked[0]!, upToUsd: Math.max(...ranked.map(({ usd }) => usd)) }
}
