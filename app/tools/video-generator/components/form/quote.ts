import { type Quote, quoteRoutes } from '#components/video/actions/price.ts'
import type { RouteWishes } from '#lib/contract/choose-route'
import { limitSentence } from '#lib/contract/limit-sentence'
import type { ModelView } from '#lib/contract/model-view'

type Asked = RouteWishes & { variations: number }

/** What all videos of a start cost together; where no provider can make them, the reason as a sentence. */
export function quoteFor(model: ModelView, asked: Asked): Quote | string {
  const { label, routes } = model
  if (Number.isNaN(asked.maxUsd)) return 'Give the limit in dollars.'
  return (
    quoteRoutes(routes, asked, asked.variations) ??
    limitSentence(model, asked) ??
    `No provider of ${label} can do all of this at once. Change a setting.`
  )
}
