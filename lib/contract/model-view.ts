import type { Sentence } from '#lib/messages/message'
import { hasFields } from './problem.ts'

/** The aspect ratios a video can be asked for. Vertical first: it is what phones want. */
export const aspectRatios = ['9:16', '16:9', '1:1'] as const
export type VideoRatio = (typeof aspectRatios)[number]

/** The aspect ratios an image can be asked for: `custom` is a width and a height in pixels. */
export const imageRatios = [
  ...aspectRatios,
  '4:3',
  '3:4',
  '3:2',
  '2:3',
  '4:5',
  '5:4',
  '21:9',
  'custom',
] as const
export type AspectRatio = (typeof imageRatios)[number]

/** The resolutions a video can be asked for, named after the length of the shorter side in pixels. */
export const resolutions = ['480p', '720p', '1080p'] as const
export type VideoResolution = (typeof resolutions)[number]

/** The sizes an image can be asked for: about 1, 4 and 16 million pixels. */
export const imageSizes = ['1K', '2K', '4K'] as const
export type ImageSize = (typeof imageSizes)[number]

export const allSizes = [...resolutions, ...imageSizes] as const
export type Resolution = (typeof allSizes)[number]

const shortSide: Record<VideoResolution, number> = { '480p': 480, '720p': 720, '1080p': 1080 }
const longSide: Record<VideoResolution, number> = { '480p': 854, '720p': 1280, '1080p': 1920 }
const squareSide: Record<ImageSize, number> = { '1K': 1024, '2K': 2048, '4K': 4096 }

/** Width and height in pixels: of a video both even, as H.264 wants them; of an image multiples of 16. */
export function dimensionsOf(ratio: AspectRatio, resolution: Resolution) {
  if (isImageSize(resolution)) return imageDimensions(ratio, squareSide[resolution])
  const short = shortSide[resolution]
  const long = longSide[resolution]
  if (ratio === '1:1') return { width: short, height: short }
  return ratio === '16:9' ? { width: long, height: short } : { width: short, height: long }
}

export function isImageSize(resolution: Resolution): resolution is ImageSize {
  return resolution in squareSide
}

/** The smallest of some sizes of an image that has so many pixels; the largest where none has. */
export function sizeOfPixels(pixels: number, sizes: readonly Resolution[]): Resolution {
  const rising = imageSizes.filter((size) => sizes.includes(size))
  return rising.find((size) => squareSide[size] ** 2 >= pixels) ?? rising.at(-1) ?? '1K'
}

/** Sides of a ratio whose area is that of a square. */
function imageDimensions(ratio: AspectRatio, side: number) {
  const [across, down] = ratio === 'custom' ? [1, 1] : ratio.split(':').map(Number)
  const factor = Math.sqrt(across! / down!)
  const inSteps = (pixels: number) => Math.round(pixels / 16) * 16
  return { width: inSteps(side * factor), height: inSteps(side / factor) }
}

/** Every duration from `min` up to `max`: 4, 6, 8. */
export function durationSteps({ min, max, step }: ModelSupports['duration']) {
  const count = Math.floor((max - min) / step) + 1
  return Array.from({ length: count }, (_, index) => min + index * step)
}

/** What can be asked of a model, or of one provider's way of making it. */
export interface ModelSupports {
  aspectRatios: AspectRatio[]
  resolutions: Resolution[]
  /** Seconds, both ends included, in steps of `step`. */
  duration: { min: number; max: number; step: number }
  seed: boolean
  negativePrompt: boolean
  /** Can make sound. */
  audio: boolean
  /** Can be told to make none. */
  silence: boolean
  /** A running generation can be stopped, and is not billed then. */
  cancel: boolean
  /** Pictures it can begin with, end with, and take likenesses from; a film it can make over. */
  firstFrame: boolean
  lastFrame: boolean
  maxReferences: number
  /** References only at this length, in seconds; null where at any. */
  referenceSeconds: number | null
  sourceVideo: 'no' | 'required'
  /** Of an image: the pixels a side can be asked for; null where only the ratios above can. */
  customSize: { min: number; max: number; step: number } | null
  /** Of an image: what its bytes can be; empty for a video. */
  imageFormats: ImageFormat[]
  /** Reads prompts in any language; where false, English is what it understands best. */
  anyLanguage: boolean
}

/** What the bytes of an image can be asked to be. */
export const imageFormats = ['png', 'jpeg'] as const
export type ImageFormat = (typeof imageFormats)[number]

/** Dollars; zero means free. */
export interface Price {
  perSecondUsd: number
  perRunUsd: number
  /** What a run costs at a size that has a price of its own, in place of `perRunUsd`. */
  perRunUsdAt?: Partial<Record<Resolution, number>>
}

/** One provider's way of making a model. */
export interface RouteView {
  provider: string
  providerLabel: string
  /** False where the provider is off or in a cooldown; `unavailableReason` then says why, and what to do. */
  isEnabled: boolean
  unavailableReason: Sentence | null
  /** False where a variable of the environment is what is missing. */
  isSetUp: boolean
  price: Price
  supports: ModelSupports
}

/** What a model is, can do and costs, as the form and `GET /api/models` show it. */
export interface ModelView {
  id: string
  /** What it makes. */
  kind: 'video' | 'image'
  label: string
  /** One sentence under the name. */
  description: Sentence
  /** A word or two each: `Fast`, `Sound`, `Best quality`. */
  badges: Sentence[]
  /** True for the local renderer: its clips are never presented as AI output. */
  isDemo: boolean
  state: 'available' | 'deprecated' | 'retired'
  /** ISO date since when, or from when, the state holds; null while available. */
  stateSince: string | null
  /** The model to offer in its place once it is deprecated or retired. */
  replacementId: string | null
  /** False where no provider of it can be used; `unavailableReason` then says what turns one on. */
  isEnabled: boolean
  unavailableReason: Sentence | null
  /** What at least one enabled route can do; what any route can, where none is enabled. */
  supports: ModelSupports
  defaults: {
    aspectRatio: AspectRatio
    resolution: Resolution
    duration: number
    generateAudio: boolean
  }
  /** Of the cheapest enabled route. */
  price: Price
  /** Median of this installation's past runs at the defaults, in seconds; null before the first. */
  usualSeconds: number | null
  routes: RouteView[]
}

/** `GET /api/models`. */
export interface ModelsAnswer {
  models: ModelView[]
}

export function isModelsAnswer(value: unknown): value is ModelsAnswer {
  return hasFields(value, { models: 'object' }) && Array.isArray((value as ModelsAnswer).models)
}
