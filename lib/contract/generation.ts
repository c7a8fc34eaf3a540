import type { GenerationInputs } from './generation-inputs.ts'
import type { AspectRatio, ImageFormat, Resolution } from './model-view.ts'

/** What can be generated: a video or an image by a provider, or a cut of what is there, by this machine, for free. */
export const kinds = ['video', 'image', 'edit'] as const
export type Kind = (typeof kinds)[number]

/** What comes of a generation. */
export type MediaType = 'video' | 'image'

/** The most videos or images of one start. */
export const maxVariations = 4

/** What a generation is made from besides its prompt, as the row keeps it. */
export interface KeptSettings {
  aspectRatio: AspectRatio
  resolution: Resolution
  /** Pixels, as the format asks for. */
  width: number
  height: number
  /** Seconds; zero for an image. */
  duration: number
  /** Unsigned 32 bit; drawn at the start where none was given. */
  seed: number
  isSeedGiven: boolean
  negativePrompt: string | null
  generateAudio: boolean
  /** Null where it starts from words alone. */
  inputs: GenerationInputs | null
  /** Absent where another provider may make it, should the first one refuse. */
  enableFallback?: false
  /** Of an image: what its bytes were asked to be. */
  imageFormat?: ImageFormat
  /** Of an edit: what is done to its inputs. */
  edit?: EditOrder
  /** Of a video made of a finished one, the first of its `sources`: how. */
  work?: KeptWork
  /** The prompt before it was improved, where it was. */
  promptBefore?: string
}

/**
 * What a provider makes of a finished video: more of it, which is joined to it, or the same with more pixels. An extension
 * is made by the provider of the video from its own job, or as a new video that begins with the last frame.
 */
export type WorkOrder =
  | { operation: 'extend'; way: ExtendWay }
  | { operation: 'upscale'; to: UpscaleSize }

export const extendWays = ['native', 'last_frame'] as const
export type ExtendWay = (typeof extendWays)[number]

export const upscaleSizes = ['1080p', '4K'] as const
export type UpscaleSize = (typeof upscaleSizes)[number]

/** The same as the row keeps it: with the provider's name of the job that made the video. */
export type KeptWork = WorkOrder & { job?: string }

/** The doors a generation can be started through. */
export const doors = [
  'form',
  'chat',
  'canvas',
  'api',
  'inngest',
  'telegram',
  'mcp',
  'openjourney',
] as const
export type Door = (typeof doors)[number]

/** Where a generation was started: the door, and the place there by which that door finds it again. */
export interface Origin {
  door: Door
  place: Record<string, string> | null
}

/**
 * What is done to finished media: a cut of the studio's own, without a provider and free. Its sources are the inputs
 * `sources`, in order. Times are seconds from the start of the source.
 */
export type EditOrder =
  | { operation: 'trim'; from: number; to: number }
  /** `continued`: each film begins with the last frame of the one before it, which is shown once. */
  | { operation: 'join'; continued?: boolean | undefined }
  | { operation: 'mute' }
  | { operation: 'loop'; times: number }
  /** `focus` is the point that stays in view, as shares of width and height. */
  | { operation: 'crop'; aspectRatio: '9:16' | '16:9' | '1:1'; focus: { x: number; y: number } }
  /** A frame as a picture. */
  | { operation: 'frame'; at: number | 'first' | 'last' }
  | {
      operation: 'animation'
      format: 'gif' | 'webp'
      from: number
      to: number
      width: number
      fps: number
    }

export type EditOperation = EditOrder['operation']

/** What comes of a generation: an edit makes a film or a picture, by what is done. */
export function mediaTypeOf({ kind, settings }: { kind: Kind; settings: KeptSettings }): MediaType {
  if (kind !== 'edit') return kind
  const operation = settings.edit?.operation
  return operation === 'frame' || operation === 'animation' ? 'image' : 'video'
}

/** What a generation is called where it is told of: a video or an image, or what was made of a finished video. */
export type MadeKind = MediaType | 'extension' | 'upscale' | 'edit'

export function madeKindOf({
  kind,
  settings,
}: {
  kind: Kind
  settings: { work?: WorkOrder }
}): MadeKind {
  if (kind === 'edit') return kind
  if (!settings.work) return kind
  return settings.work.operation === 'extend' ? 'extension' : 'upscale'
}

/** Whether it was made of finished videos: it is made again from those, and by no form. */
export function hasSource({ kind, settings }: { kind: Kind; settings: { work?: WorkOrder } }) {
  return kind === 'edit' || settings.work !== undefined
}
