import type { ModelSupports, ModelView, RouteView } from '#lib/contract/model-view'
import { catalogue } from './catalogue.ts'
import type { Model, Route } from './model.ts'

export interface ModelViewOptions {
  labelOf(provider: string): string
  /** Why a route cannot be used right now and what to do about it; null for one that can. */
  reasonOff(route: Route): string | null
  /** Past runs here, by model id: median seconds. */
  usualSeconds?: ReadonlyMap<string, number>
}

/** The catalogue as users see it, with what can be used of it right now. */
export function modelViews(options: ModelViewOptions): ModelView[] {
  return catalogue.map((model) => viewOf(model, options))
}

function viewOf(model: Model, options: ModelViewOptions): ModelView {
  const { deadlineMinutes: _, ...shown } = model
  const routes = model.routes.map((route) => routeViewOf(model, route, options))
  const enabled = routes.filter(({ isEnabled }) => isEnabled)
  const usable = enabled.length > 0 ? enabled : routes
  const seconds = model.defaults.duration
  const cheapest = usable.toSorted((a, b) => rate(a, seconds) - rate(b, seconds))[0]!
  return {
    ...shown,
    badges: model.badges ?? [],
    stateSince: model.stateSince ?? null,
    isEnabled: enabled.length > 0,
    unavailableReason: enabled.length > 0 ? null : routes[0]!.unavailableReason,
    supports: usable.map(({ supports }) => supports).reduce(together),
    price: cheapest.price,
    usualSeconds: options.usualSeconds?.get(model.id) ?? model.routes[0]!.usualSeconds,
    routes,
  }
}

function routeViewOf(model: Model, route: Route, options: ModelViewOptions): RouteView {
  const unavailableReason = options.reasonOff(route)
  return {
    provider: route.provider,
    providerLabel: options.labelOf(route.provider),
    isEnabled: unavailableReason === null,
    unavailableReason,
    price: route.price,
    supports: { ...model.supports, ...route.supports },
  }
}

function rate({ price }: RouteView, seconds: number) {
  return price.perRunUsd + price.perSecondUsd * seconds
}

/** What one or the other can do. Ratios, resolutions and lengths are the model's own and the same for both. */
function together(a: ModelSupports, b: ModelSupports): ModelSupports {
  return {
    ...a,
    seed: a.seed || b.seed,
    negativePrompt: a.negativePrompt || b.negativePrompt,
    audio: a.audio || b.audio,
    silence: a.silence || b.silence,
    cancel: a.cancel || b.cancel,
    firstFrame: a.firstFrame || b.firstFrame,
    lastFrame: a.lastFrame || b.lastFrame,
    maxReferences: Math.max(a.maxReferences, b.maxReferences),
    anyLanguage: a.anyLanguage || b.anyLanguage,
  }
}
