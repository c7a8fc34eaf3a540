import type { FileView } from '#lib/contract/file-view'
import { hasSource } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import { type Sentence, message } from '#lib/messages/message'
import { priceOf, quoteRoutes, type VideoPrice } from './price.ts'

/** Whether the provider of a video used its seed, so that the same seed makes the same video. */
export function tookSeed({ settings, attempts }: FileView, models: readonly ModelView[]) {
  const model = models.find(({ id }) => id === settings.model)
  const maker = attempts.at(-1)?.provider
  const routes = model?.routes.filter(({ provider }) => !maker || provider === maker) ?? []
  return routes.length > 0 && routes.every(({ supports }) => supports.seed)
}

/** The request that makes a video again, with its own model or another one. */
export function requestAgain(view: FileView, models: readonly ModelView[], modelId?: string) {
  const settings = wishesOf(view)
  const isSame = !modelId || modelId === settings.model
  const seed = isSame && tookSeed(view, models) ? settings.seed : null
  return { ...settings, model: modelId ?? settings.model, seed }
}

/** What was asked for; of an image its sides too, which count where its format is one of its own. */
function wishesOf({ type, settings, width, height }: FileView) {
  return type === 'image' ? { ...settings, width, height } : settings
}

/** A model that could make a video with the same settings. */
export interface ModelOffer {
  id: string
  label: Sentence
  /** Dollars. */
  usd: number
}

/**
 * The other models that are on and support these settings: the replacement first, then by price, the demo last. None makes
 * what is made of finished videos.
 */
export function otherModels(view: FileView, models: readonly ModelView[]): ModelOffer[] {
  if (hasSource(view)) return []
  const { settings } = view
  const wishes = { ...wishesOf(view), seed: null, maxUsd: null }
  const replacement = models.find(({ id }) => id === settings.model)?.replacementId
  const rank = ({ id, isDemo }: ModelView) => (id === replacement ? 0 : isDemo ? 2 : 1)
  return models
    .filter(({ id, isEnabled, state }) => id !== settings.model && isEnabled && state !== 'retired')
    .flatMap((model) => {
      const quote = quoteRoutes(model.routes, wishes)
      return quote ? [{ model, usd: quote.usd }] : []
    })
    .toSorted((a, b) => rank(a.model) - rank(b.model) || a.usd - b.usd)
    .map(({ model: { id, label, isDemo }, usd }) => ({
      id,
      label: isDemo ? message('card.demoModel', { model: label }) : label,
      usd,
    }))
}

/** What making a video again costs now, with its own model or another one; null where no provider makes it. */
export function priceAgain(
  view: FileView,
  models: readonly ModelView[],
  modelId?: string,
): VideoPrice | null {
  if (hasSource(view)) return null
  return priceOf(requestAgain(view, models, modelId), models)
}
