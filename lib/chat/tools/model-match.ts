import { type GenerateVideoInput, type InsteadOf, chatRatios } from '#lib/contract/chat-tools'
import { type RouteWishes, rankRoutes } from '#lib/contract/choose-route'
import { type GenerationInputs, noInputs } from '#lib/contract/generation-inputs'
import {
  type AspectRatio,
  type ModelView,
  type Resolution,
  allSizes,
  durationSteps,
} from '#lib/contract/model-view'
import { nearestRatio } from '#lib/contract/generation-inputs'
import type { VideoRow } from '../core.ts'

/** What a call asks for, whatever model will make it; undefined is what neither user nor model has specified. */
export interface Requirements {
  prompt: string
  aspectRatio: AspectRatio | undefined
  seconds: number | undefined
  /** The next length up or down from so many seconds, instead of a length. */
  next: { length: 'longer' | 'shorter'; than: number } | undefined
  resolution: Resolution | undefined
  seed: number | null
  negativePrompt: string | null
  sound: boolean | undefined
  inputs: GenerationInputs
  /** Pixels of the image it begins with: its format is used where no other is specified. */
  image: { width: number; height: number } | undefined
}

/** An image a video begins with. */
interface FirstFrame {
  id: string
  width: number
  height: number
}

/**
 * The requirements of a call. A new version takes what is not specified from the video it comes from, what it begins
 * with included; it gets a new seed.
 */
export function requirementsOf(
  input: GenerateVideoInput,
  from: VideoRow | undefined,
  image: FirstFrame | undefined,
): Requirements {
  const given = input.seconds ?? input.nFrames ?? undefined
  const next =
    given === undefined && input.length && from
      ? { length: input.length, than: from.settings.duration }
      : undefined
  return {
    prompt: input.prompt,
    aspectRatio: input.aspectRatio ? chatRatios[input.aspectRatio] : from?.settings.aspectRatio,
    seconds: next ? undefined : (given ?? from?.settings.duration),
    next,
    resolution: input.resolution ?? from?.settings.resolution,
    seed: input.seed ?? null,
    negativePrompt: from?.settings.negativePrompt ?? null,
    sound: from?.settings.generateAudio,
    inputs:
      input.image && image
        ? { ...noInputs, firstFrame: image.id }
        : (from?.settings.inputs ?? { ...noInputs, firstFrame: image?.id ?? null }),
    image,
  }
}

/** How one model would make what is required. */
export interface ModelMatch {
  model: ModelView
  settings: RouteWishes
  insteadOf: InsteadOf
  /** Dollars, at the provider that would make it; null where none can. */
  usd: number | null
}

/**
 * The nearest a model comes to the requirements: length, size and sound give way to what it can do. Format, seed and
 * inputs do not. Undefined where none of its lengths comes near.
 */
export function matchModel(model: ModelView, required: Requirements): ModelMatch | undefined {
  const { supports, defaults } = model
  const duration = lengthFor(model, required)
  if (duration === undefined) return undefined
  const sound = required.sound ?? defaults.generateAudio
  const own = required.image
    ? nearestRatio(supports.aspectRatios, required.image)
    : defaults.aspectRatio
  const settings: RouteWishes = {
    prompt: required.prompt,
    aspectRatio: required.aspectRatio ?? own,
    resolution: nearestResolution(supports.resolutions, required.resolution ?? defaults.resolution),
    duration,
    seed: required.seed,
    negativePrompt: supports.negativePrompt ? required.negativePrompt : null,
    generateAudio: supports.audio && (sound || !supports.silence),
    inputs: required.inputs,
    maxUsd: null,
  }
  const [best] = rankRoutes(model.routes, settings)
  return { model, settings, insteadOf: insteadOf(required, settings), usd: best?.usd ?? null }
}

function insteadOf(required: Requirements, settings: RouteWishes): InsteadOf {
  const { seconds, resolution, sound, negativePrompt } = required
  return {
    ...(seconds !== undefined && seconds !== settings.duration && { seconds }),
    ...(resolution && resolution !== settings.resolution && { resolution }),
    ...(sound !== undefined && sound !== settings.generateAudio && { sound }),
    ...(negativePrompt && !settings.negativePrompt && { negativePrompt }),
  }
}

function nearestResolution(possible: readonly Resolution[], required: Resolution) {
  const place = allSizes.indexOf(required)
  const distance = (one: Resolution) => Math.abs(allSizes.indexOf(one) - place)
  return possible.toSorted((a, b) => distance(a) - distance(b))[0]!
}

type RequiredLength = Pick<Requirements, 'seconds' | 'next' | 'inputs'>

/**
 * The length a model can make that comes nearest to the required one, in seconds, the longer of two, for a film can be
 * trimmed; or its next one up or down. Undefined where there is none, or only less than half of what is required.
 */
export function lengthFor(
  { supports, defaults }: Pick<ModelView, 'supports' | 'defaults'>,
  { seconds = defaults.duration, next, inputs }: RequiredLength,
): number | undefined {
  const { referenceSeconds } = supports
  const isBound = inputs.references.length > 0 && referenceSeconds !== null
  const lengths = isBound ? [referenceSeconds] : durationSteps(supports.duration)
  if (next?.length === 'longer') return lengths.find((one) => one > next.than)
  if (next) return lengths.findLast((one) => one < next.than)
  const distance = (one: number) => Math.abs(one - seconds)
  const [nearest] = lengths.toSorted((a, b) => distance(a) - distance(b) || b - a)
  return nearest !== undefined && nearest * 2 >= seconds ? nearest : undefined
}

/** The required length as the end of a message's name, and the value it takes. */
export function lengthAsked({ seconds = 0, next }: RequiredLength) {
  const name = next ? ({ longer: 'Longer', shorter: 'Shorter' } as const)[next.length] : 'Near'
  return { name, length: { seconds: next?.than ?? seconds } } as const
}
