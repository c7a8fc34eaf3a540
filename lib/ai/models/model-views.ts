import { type MessageRef, message } from '#lib/messages/message'
import { costOf } from '#lib/contract/choose-route'
import type { ModelSupports, ModelView, RouteView } from '#lib/contract/model-view'
import { catalogue, findModel } from './catalogue.ts'
import type { Model, Route } from './model.ts'
import { type RouteViewOptions, routeViewOf } from './route-view-of.ts'

export interface ModelViewOptions extends RouteViewOptions {
  /** Past runs here, by model id: median seconds. */
  usualSeconds?: ReadonlyMap<string, number>
}

/** The models of one kind as users see them, with what can be used of them right now. */
export function modelViews(
  options: ModelViewOptions,
  kind: ModelView['kind'] = 'video',
): ModelView[] {
  return catalogue.filter((one) => one.kind === kind).map((model) => modelViewOf(model, options))
}

/** A model as users see it, also one that is in no list. */
export function modelViewOf(model: Model, options: ModelViewOptions): ModelView {
  const { deadlineMinutes: _, ...shown } = model
  const retired = retiredSentence(model)
  const reasonOff = (route: Route) => retired ?? options.reasonOff(route)
  const routes = model.routes.map((route) => routeViewOf(model, route, { ...options, reasonOff }))
  const enabled = routes.filter(({ isEnabled }) => isEnabled)
  const usable = enabled.length > 0 ? enabled : routes
  const { duration, resolution } = model.defaults
  const costAtDefaults = ({ price }: RouteView) => costOf(price, duration, resolution)
  const cheapest = usable.toSorted((a, b) => costAtDefaults(a) - costAtDefaults(b))[0]!
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

/** Since when a model is gone, and what to use; null where it is not. */
function retiredSentence({ label, state, stateSince, replacementId }: Model): MessageRef | null {
  if (state !== 'retired') return null
  const retired = stateSince
    ? message('models.retiredOn', { model: label, date: { date: stateSince } })
    : message('models.retired', { model: label })
  const successor = replacementId && findModel(replacementId)
  return successor ? message('models.retiredUse', { retired, successor: successor.label }) : retired
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
    customSize: a.customSize ?? b.customSize,
    imageFormats: [...new Set([...a.imageFormats, ...b.imageFormats])],
    anyLanguage: a.anyLanguage || b.anyLanguage,
  }
}
