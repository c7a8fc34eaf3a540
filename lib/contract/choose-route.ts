import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import type { GenerationInputs } from './generation-inputs.ts'
import type {
  AspectRatio,
  ImageFormat,
  ModelSupports,
  ModelView,
  Price,
  Resolution,
  RouteView,
} from './model-view.ts'
import { priceMicros, usdOf } from './money.ts'

/** What decides about the provider of a generation. */
export interface RouteWishes {
  prompt: string
  aspectRatio: AspectRatio
  resolution: Resolution
  duration: number
  /** Of an image: the pixels, which decide where the ratio is `custom`, and what its bytes are to be. */
  width?: number
  height?: number
  imageFormat?: ImageFormat
  seed: number | null
  negativePrompt: string | null
  generateAudio: boolean
  inputs: GenerationInputs
  /** The most the user wants to pay, in dollars; null for no limit. */
  maxUsd: number | null
}

type Route = Pick<RouteView, 'provider' | 'providerLabel' | 'isEnabled' | 'price' | 'supports'>

export interface RouteChoice<R extends Route = RouteView> {
  route: R
  usd: number
  /** Why this one, for the user. */
  reason: Sentence
}

/** What a generation costs at a price, in dollars. */
export function costOf(price: Price, seconds: number, size?: Resolution) {
  return usdOf(priceMicros(price, seconds, size))
}

/**
 * The providers that can make what is asked for within the budget, in the order they are tried: those that read the
 * prompt's language before those that may not, then the cheapest. The first is the choice, the others its fallback.
 */
export function rankRoutes<R extends Route>(
  routes: readonly R[],
  wishes: RouteWishes,
): RouteChoice<R>[] {
  const isForeign = !isLatin(wishes.prompt)
  const able = routes
    .filter((route) => route.isEnabled && can(route.supports, wishes))
    .map((route) => ({ route, usd: costOf(route.price, wishes.duration, wishes.resolution) }))
    .filter(({ usd }) => wishes.maxUsd === null || usd <= wishes.maxUsd)
  const misreads = ({ route }: { route: R }) => Number(isForeign && !route.supports.anyLanguage)
  const ranked = able.toSorted((a, b) => misreads(a) - misreads(b) || a.usd - b.usd)
  return ranked.map((one) => ({
    ...one,
    reason: reasonFor(one.route, able.length, ranked, routes),
  }))
}

function reasonFor<R extends Route>(
  route: R,
  able: number,
  ranked: { route: R; usd: number }[],
  all: readonly R[],
) {
  const provider = { provider: route.providerLabel }
  if (all.length === 1) return message('route.only_provider', provider)
  if (able === 1) return message('route.only_match', provider)
  if (ranked[0]!.route !== route) return message('route.next_match', provider)
  const isCheapest = ranked.every(({ usd }) => usd >= ranked[0]!.usd)
  return message(isCheapest ? 'route.cheapest' : 'route.reads_language', provider)
}

/** Whether a model or a route supports everything that is asked for. */
export function can(supports: ModelSupports, wishes: RouteWishes): boolean {
  const { inputs, duration, imageFormat } = wishes
  return (
    fitsRatio(wishes, supports) &&
    (imageFormat === undefined || supports.imageFormats.includes(imageFormat)) &&
    supports.resolutions.includes(wishes.resolution) &&
    fitsDuration(duration, supports.duration) &&
    (wishes.seed === null || supports.seed) &&
    (!wishes.negativePrompt || supports.negativePrompt) &&
    (wishes.generateAudio ? supports.audio : supports.silence || !supports.audio) &&
    (inputs.firstFrame === null || supports.firstFrame) &&
    (inputs.lastFrame === null || supports.lastFrame) &&
    inputs.references.length <= supports.maxReferences &&
    (inputs.references.length === 0 || fitsReferences(duration, supports)) &&
    (inputs.sourceVideo !== null) === (supports.sourceVideo === 'required')
  )
}

function fitsRatio({ aspectRatio, width, height }: RouteWishes, supports: ModelSupports) {
  const { aspectRatios, customSize } = supports
  if (aspectRatio !== 'custom') return aspectRatios.includes(aspectRatio)
  return customSize !== null && [width, height].every((side) => fitsSize(side ?? 0, customSize))
}

/** Whether a side of so many pixels can be asked for. */
export function fitsSize(pixels: number, limits: NonNullable<ModelSupports['customSize']>) {
  return fitsDuration(pixels, limits)
}

export function fitsDuration(seconds: number, { min, max, step }: ModelSupports['duration']) {
  return seconds >= min && seconds <= max && Number.isInteger((seconds - min) / step)
}

function fitsReferences(duration: number, { referenceSeconds }: ModelSupports) {
  return referenceSeconds === null || referenceSeconds === duration
}

/** Whether a text is written in Latin letters, as far as it has letters at all. */
function isLatin(text: string) {
  return !/\p{L}/u.test(text.replaceAll(/\p{Script=Latin}/gu, ''))
}

type Priced = Pick<ModelView, 'label' | 'routes'>

/** That the limit is too low for a model, by how much and where it is raised; null where it is not the limit. */
export function limitSentence({ label, routes }: Priced, wishes: RouteWishes): MessageRef | null {
  if (wishes.maxUsd === null || rankRoutes(routes, wishes).length > 0) return null
  const prices = rankRoutes(routes, { ...wishes, maxUsd: null }).map(({ usd }) => usd)
  if (prices.length === 0) return null
  return message('route.above_limit', {
    model: label,
    price: { usd: Math.min(...prices) },
    limit: { usd: wishes.maxUsd },
  })
}
