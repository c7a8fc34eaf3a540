import { type Sentence, message } from '#lib/messages/message'
import { type RouteChoice, rankRoutes } from '#lib/contract/choose-route'
import { costWithin, microsOf, usdOf } from '#lib/contract/money'
import { findModel } from '../../ai/models/catalogue.ts'
import type { Route } from '../../ai/models/model.ts'
import { routeViewOf } from '../../ai/models/route-view-of.ts'
import { env } from '../../env.ts'
import { routeInputs } from '../../kinds/work.ts'
import { cooldownsAt } from '../cooldowns.ts'
import type { GenerationDeps } from '../engine/deps.ts'
import type { NewRoute } from '../events.ts'
import type { GenerationRow } from '../row.ts'

/**
 * The provider that steps in where one has refused: the best of those that can make this video within what is held
 * for it, or else its owner's limit or what was quoted, are switched on and in no cooldown, and have not refused it yet. Undefined
 * where none is left, or the first one alone was asked for.
 */
export async function findNextRoute(
  row: GenerationRow,
  deps: GenerationDeps,
): Promise<RouteChoice | undefined> {
  if (row.settings.enableFallback === false) return undefined
  const cooldowns = await cooldownsAt(deps.now())
  const refused = new Set(
    row.attempts.filter(({ outcome }) => outcome !== 'submitting').map(({ provider }) => provider),
  )
  const isOpen = ({ provider, needsVariable }: Route) =>
    provider !== row.provider &&
    deps.providers.has(provider) &&
    !cooldowns.has(provider) &&
    !refused.has(provider) &&
    (!needsVariable || Boolean(env()[needsVariable]))
  const model = findModel(row.model)
  const options = {
    labelOf: (provider: string) => deps.providers.get(provider)?.label ?? provider,
    reasonOff: (route: Route) => (isOpen(route) ? null : ''),
    isSetUp: isOpen,
  }
  const routes = model ? model.routes.map((route) => routeViewOf(model, route, options)) : []
  const { settings } = row
  return rankRoutes(routes, {
    ...settings,
    prompt: row.prompt,
    maxUsd: usdOf(costWithin(mostAgreed(row), row.priceFactor)),
    seed: settings.isSeedGiven ? settings.seed : null,
    inputs: routeInputs(settings),
  })[0]
}

/** What its owner pays at most, in the user's prices: what is held for it, where anything is. */
function mostAgreed({ heldMicros, limitMicros, ceilingMicros }: GenerationRow) {
  return heldMicros ?? limitMicros ?? ceilingMicros
}

/** A choice as the route a generation moves to. The quote stays as it was given. */
export function newRoute({ route, usd }: RouteChoice, because: Sentence): NewRoute {
  const { provider, providerLabel, supports } = route
  return {
    provider,
    providerLabel,
    isCancelable: supports.cancel,
    priceMicros: microsOf(usd),
    reason: message('route.steps_in', { because, provider: providerLabel }),
  }
}
