import type { ModelView } from '#lib/contract/model-view'
import type { Route } from '../ai/models/model.ts'
import { modelViews } from '../ai/models/model-views.ts'
import { providerLabel, providers, reasonRouteIsOff } from '../ai/providers/index.ts'
import { type ProviderPause, pausesAt } from '../files/provider-pauses.ts'
import { needsOperator } from './needs-operator.ts'

/** The catalogue as it can be used right now: what is switched on, and not taken out for want of credits or a key. */
export async function currentModels(
  now: Date,
  usualSeconds?: ReadonlyMap<string, number>,
): Promise<ModelView[]> {
  const pauses = await pausesAt(now)
  return modelViews({
    labelOf: providerLabel,
    reasonOff: (route) => reasonOff(route, pauses),
    ...(usualSeconds && { usualSeconds }),
  })
}

/**
 * A short rest after too many requests only makes a video wait; the other pauses need the operator. One that fails
 * again and again is left alone for a minute.
 */
function reasonOff(route: Route, pauses: ReadonlyMap<string, ProviderPause>) {
  const pause = pauses.get(route.provider)
  if (pause && needsOperator(pause.errorCode)) return reasonRouteIsOff(route) ?? pause.reason
  return reasonRouteIsOff(route) ?? reasonFailing(route)
}

function reasonFailing({ provider }: Route) {
  const isFailing = providers().get(provider)?.circuit() === 'open'
  return isFailing
    ? `${providerLabel(provider)} is failing right now. Try again in a minute.`
    : null
}
