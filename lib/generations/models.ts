import { message } from '#lib/messages/message'
import type { ModelView } from '#lib/contract/model-view'
import type { Caller } from '#lib/contract/people/caller'
import { catalogue } from '../ai/models/catalogue.ts'
import type { Route } from '../ai/models/model.ts'
import { modelViews } from '../ai/models/model-views.ts'
import { env } from '../env.ts'
import { priceFactorOf } from '../money/billing.ts'
import { providerLabel, providers, reasonRouteIsOff } from '../ai/providers/index.ts'
import { canCost, mayUseOnlyFree } from './access.ts'
import { type Cooldown, cooldownsAt, needsOperator } from './cooldowns.ts'

/**
 * The catalogue as a caller can use it right now, in the users' prices: what is switched on, in no cooldown for want of
 * credits or a key, and not only for those with an account.
 */
export async function currentModels(
  now: Date,
  caller: Pick<Caller, 'isVisitor'>,
  usualSeconds?: ReadonlyMap<string, number>,
): Promise<ModelView[]> {
  const cooldowns = await cooldownsAt(now)
  const isClosed = mayUseOnlyFree(caller)
  return modelViews({
    labelOf: providerLabel,
    reasonOff: (route) => reasonOff(route, cooldowns) ?? (isClosed ? reasonClosed(route) : null),
    isSetUp: (route) => reasonRouteIsOff(route) === null,
    priceFactorOf,
    ...(usualSeconds && { usualSeconds }),
  })
}

/** What the start says of a `PRICE_FACTOR` for models that are not there, as a slip of the pen; undefined where all are. */
export function pricesLine(known: ReadonlySet<string> = new Set(catalogue.map(({ id }) => id))) {
  const unknown = Object.keys(env().PRICE_FACTOR.byModel).filter((id) => !known.has(id))
  if (unknown.length === 0) return undefined
  return `Prices: PRICE_FACTOR names ${unknown.join(', ')}, which is none of the models; they are ${[...known].join(', ')}`
}

function reasonClosed(route: Route) {
  return canCost(route) ? message('models.signIn') : null
}

/**
 * A cooldown after too many requests only makes a video wait; the others need the operator. A provider that fails again
 * and again is not called for a minute.
 */
function reasonOff(route: Route, cooldowns: ReadonlyMap<string, Cooldown>) {
  const cooldown = cooldowns.get(route.provider)
  if (cooldown && needsOperator(cooldown.errorCode))
    return reasonRouteIsOff(route) ?? cooldown.reason
  return reasonRouteIsOff(route) ?? reasonFailing(route)
}

function reasonFailing({ provider }: Route) {
  const isFailing = providers().get(provider)?.circuit() === 'open'
  return isFailing ? message('models.failing', { provider: providerLabel(provider) }) : null
}
