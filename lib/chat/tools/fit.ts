import type { InsteadOf } from '#lib/contract/chat-tools'
import { type RouteWishes, rankRoutes } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'
import { resolutions } from '#lib/contract/video-format'
import { lengthFor } from './length-for.ts'
import { nearestRatio } from './nearest-ratio.ts'
import type { Wish } from './wish.ts'

/** How one model would make what is wished for. */
export interface Fit {
  model: ModelView
  settings: RouteWishes
  insteadOf: InsteadOf
  /** Dollars, at the provider that would make it; null where none can. */
  usd: number | null
}

/**
 * What comes nearest to a wish in a model: length, size and sound give way to what it can do. Format, seed and inputs
 * do not. Undefined where no length of it comes near.
 */
export function fit(model: ModelView, wish: Wish): Fit | undefined {
  const { supports, defaults } = model
  const duration = lengthFor(model, wish)
  if (duration === undefined) return undefined
  const sound = wish.sound ?? defaults.generateAudio
  const own = wish.image ? nearestRatio(supports.aspectRatios, wish.image) : defaults.aspectRatio
  const settings: RouteWishes = {
    prompt: wish.prompt,
    aspectRatio: wish.aspectRatio ?? own,
    resolution: nearestResolution(supports.resolutions, wish.resolution ?? defaults.resolution),
    duration,
    seed: wish.seed,
    negativePrompt: supports.negativePrompt ? wish.negativePrompt : null,
    generateAudio: supports.audio && (sound || !supports.silence),
    inputs: wish.inputs,
    maxUsd: null,
  }
  const [best] = rankRoutes(model.routes, settings)
  return { model, settings, insteadOf: insteadOf(wish, settings), usd: best?.usd ?? null }
}

function nearestResolution(possible: readonly (typeof resolutions)[number][], wished: string) {
  const place = resolutions.findIndex((one) => one === wished)
  const distance = (one: (typeof resolutions)[number]) => Math.abs(resolutions.indexOf(one) - place)
  return possible.toSorted((a, b) => distance(a) - distance(b))[0]!
}

function insteadOf(wish: Wish, settings: RouteWishes): InsteadOf {
  const { seconds, resolution, sound, negativePrompt } = wish
  return {
    ...(seconds !== undefined && seconds !== settings.duration && { seconds }),
    ...(resolution && resolution !== settings.resolution && { resolution }),
    ...(sound !== undefined && sound !== settings.generateAudio && { sound }),
    ...(negativePrompt && !settings.negativePrompt && { negativePrompt }),
  }
}
