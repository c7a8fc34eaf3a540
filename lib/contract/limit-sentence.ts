import { type RouteWishes, rankRoutes } from './choose-route.ts'
import type { ModelView } from './model-view.ts'

type Priced = Pick<ModelView, 'label' | 'routes'>

/** That the limit is too low for a model, by how much and where it is raised; null where it is not the limit. */
export function limitSentence({ label, routes }: Priced, wishes: RouteWishes): string | null {
  if (wishes.maxUsd === null || rankRoutes(routes, wishes).length > 0) return null
  const prices = rankRoutes(routes, { ...wishes, maxUsd: null }).map(({ usd }) => usd)
  if (prices.length === 0) return null
  const price = `${label} costs ${dollars(Math.min(...prices))} for one video`
  return `${price}; the limit is ${dollars(wishes.maxUsd)}. Raise “Spend at most” under More.`
}

function dollars(usd: number) {
  return `$${usd > 0 && usd < 0.01 ? Number(usd.toPrecision(2)) : usd.toFixed(2)}`
}
