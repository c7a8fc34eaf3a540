import type { GenerationInputs } from './generation-inputs.ts'
import type { AspectRatio, Resolution } from './model-view.ts'

/** What can be generated. */
export type Kind = 'video'

/** The most videos of one start. */
export const maxVariations = 4

/** What a video is made from besides its prompt, as the row keeps it. */
export interface VideoSettings {
  aspectRatio: AspectRatio
  resolution: Resolution
  /** Pixels, as the format asks for. */
  width: number
  height: number
  /** Seconds. */
  duration: number
  /** Unsigned 32 bit; drawn at the start where none was given. */
  seed: number
  isSeedGiven: boolean
  negativePrompt: string | null
  generateAudio: boolean
  /** Null where it starts from words alone. */
  inputs: GenerationInputs | null
}

/** The doors a generation can be started through. */
export const doors = ['form', 'chat', 'api'] as const
export type Door = (typeof doors)[number]

/** Where a generation was started: the door, and the place there by which that door finds it again. */
export interface Origin {
  door: Door
  place: Record<string, string> | null
}
