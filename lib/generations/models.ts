import { type MessageRef, message } from '#lib/messages/message'
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

export interface Offered {
  /** What they make. Default: videos. */
  kind?: ModelView['kind']
  /** Past runs here, by model id: median seconds. */
  usualSeconds?: ReadonlyMap<string, number>
}

/**
 * The models of one kind as a caller can use them right now, in the users' prices: what is switched on, in no cooldown
 * for want of credits or a key, and not only for those with an account.
 */
export async function currentModels(
  now: Date,
  caller: Pick<Caller, 'isVisitor'>,
  { kind, usualSeconds }: Offered = {},
): Promise<ModelView[]> {
  const options = await viewOptions(now, caller)
  return modelViews({ ...options, ...(usualSeconds && { usualSeconds }) }, kind)
}

/** How models are shown to a caller right now: what can be used of them, and the users' prices. */
export async function viewOptions(now: Date, caller: Pick<Caller, 'isVisitor'>) {
  const cooldowns = await cooldownsAt(now)
  const isClosed = mayUseOnlyFree(caller)
  return {
    labelOf: providerLabel,
    reasonOff: (route: Route) =>
      reasonOff(route, cooldowns) ?? (isClosed ? reasonClosed(route) : null),
    isSetUp: (route: Route) => reasonRouteIsOff(route) === null,
    priceFactorOf,
  }
}

/** That `PRICE_FACTOR` names models that are not there, as after a slip of the pen; undefined where all are. */
export function unknownPricesWarning(
  known: ReadonlySet<string> = new Set(catalogue.map(({ id }) => id)),
): MessageRef | undefined {
  const unknown = Object.keys(env().PRICE_FACTOR.byModel).filter((id) => !known.has(id))
  if (unknown.length === 0) return undefined
  return message('access.unknownPrices', {
    unknown: { list: unknown },
    known: { list: [...known] },
  })
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
