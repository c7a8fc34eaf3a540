import { type GenerateVideoInput, chatRatios } from '#lib/contract/chat-tools'
import { type GenerationInputs, noInputs } from '#lib/contract/generation-inputs'
import type { AspectRatio, Resolution } from '#lib/contract/video-format'
import type { FileRow } from '../../generations/row.ts'

/** What a call asks for, whatever model will make it; undefined is what nobody has said anything about. */
export interface Wish {
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
  /** Pixels of the image it begins with: the format is its own, where nothing else is said. */
  image: { width: number; height: number } | undefined
}

/** An image a video begins with. */
interface BeginningImage {
  id: string
  width: number
  height: number
}

/**
 * The wish behind a call. A new version takes what is not said from the video it comes from, what it begins with
 * included; the seed is drawn anew.
 */
export function wishOf(
  input: GenerateVideoInput,
  from: FileRow | undefined,
  image: BeginningImage | undefined,
): Wish {
  const said = input.seconds ?? input.nFrames ?? undefined
  const next =
    said === undefined && input.length && from
      ? { length: input.length, than: from.duration }
      : undefined
  return {
    prompt: input.prompt,
    aspectRatio: input.aspectRatio ? chatRatios[input.aspectRatio] : from?.aspectRatio,
    seconds: next ? undefined : (said ?? from?.duration),
    next,
    resolution: input.resolution ?? from?.resolution,
    seed: input.seed ?? null,
    negativePrompt: from?.negativePrompt ?? null,
    sound: from?.generateAudio,
    inputs:
      input.image && image
        ? { ...noInputs, firstFrame: image.id }
        : (from?.inputs ?? { ...noInputs, firstFrame: image?.id ?? null }),
    image,
  }
}
