import type * as z from 'zod/mini'
import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { rankRoutes } from '#lib/contract/choose-route'
import type { Kind, KeptSettings } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import { microsOf, priceMicros } from '#lib/contract/money'
import { findRoute } from '../ai/models/catalogue.ts'

/** What is particular to the requests of one kind of generation; a start is the same for all of them. */
export interface RequestKind<Settings extends GenerationSettings = GenerationSettings> {
  kind: Kind
  /** What its models make. */
  models: ModelView['kind']
  /** Checks a request against what these models can do, and fills in the defaults. */
  requestSchema(models: ModelView[]): z.ZodMiniType<Settings>
  /** The fields that its model fills in where a request leaves them out. */
  ofTheModel: readonly string[]
  /** What a request asks for besides its prompt, as the row keeps it. */
  keptSettings(settings: Settings, seed: number): KeptSettings
}

/** What the user pays for one variation of a checked request, and at which provider, in micro-dollars. */
export function quoteOf(settings: GenerationSettings, model: ModelView) {
  const able = rankRoutes(model.routes, settings)
  const ranked = settings.enableFallback === false ? able.slice(0, 1) : able
  const choice = ranked[0]!
  const { price } = findRoute(model.id, choice.route.provider)!
  return {
    choice,
    /** At the provider that is tried first. */
    quotedMicros: microsOf(choice.usd),
    /** Where the most expensive provider that may step in had to. */
    ceilingMicros: Math.max(...ranked.map(({ usd }) => microsOf(usd))),
    /** What the first one charges the installation. */
    costMicros: priceMicros(price, settings.duration, settings.resolution),
  }
}
