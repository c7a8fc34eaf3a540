import { type RouteWishes, rankRoutes } from '#lib/contract/choose-route'
import { limitSentence } from '#lib/contract/limit-sentence'
import type { ModelView } from '#lib/contract/model-view'

export interface Quote {
  /** Dollars, all videos together, at the provider that is tried first. */
  usd: number
  /** Dollars, where the dearest provider that may step in had to. */
  upToUsd: number
  /** Who makes it, and why. */
  reason: string
}

type Asked = RouteWishes & { variations: number }

/** What a generation will cost, by the very rule the server chooses with; else why nobody makes it. */
export function quoteFor(model: ModelView, asked: Asked): Quote | string {
  const { label, routes } = model
  if (Number.isNaN(asked.maxUsd)) return 'Give the limit in dollars.'
  const ranked = rankRoutes(routes, asked)
  const [first] = ranked
  if (first)
    return {
      usd: first.usd * asked.variations,
      upToUsd: Math.max(...ranked.map(({ usd }) => usd)) * asked.variations,
      reason: first.reason,
    }
  return (
    limitSentence(model, asked) ??
    `No provider of ${label} can do all of this at once. Change a setting.`
  )
}
