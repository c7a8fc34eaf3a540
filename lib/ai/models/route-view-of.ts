import type { Sentence } from '#lib/messages/message'
import type { RouteView } from '#lib/contract/model-view'
import { pricedAt } from '#lib/contract/money'
import type { Model, Route } from './model.ts'

export interface RouteViewOptions {
  labelOf(provider: string): string
  /** Why a route cannot be used right now and what to do about it; null for one that can. */
  reasonOff(route: Route): Sentence | null
  /** Whether all variables are set that it needs. */
  isSetUp(route: Route): boolean
  /** What a user pays for one dollar of a model's cost, in millionths; costs are shown where it is left out. */
  priceFactorOf?(modelId: string): number
}

/** A provider's way of making a model as users see it: its own limits laid over the model's. */
export function routeViewOf(model: Model, route: Route, options: RouteViewOptions): RouteView {
  const unavailableReason = options.reasonOff(route)
  return {
    provider: route.provider,
    providerLabel: options.labelOf(route.provider),
    isEnabled: unavailableReason === null,
    unavailableReason,
    isSetUp: options.isSetUp(route),
    price: options.priceFactorOf
      ? pricedAt(route.price, options.priceFactorOf(model.id))
      : route.price,
    supports: { ...model.supports, ...route.supports },
  }
}
