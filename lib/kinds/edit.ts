import { cropRatios, partAround } from '#lib/contract/edit/crop-part'
import { type EditSource, secondsOf } from '#lib/contract/edit/edit-limits'
import { noInputs } from '#lib/contract/generation-inputs'
import type { EditOrder, KeptSettings } from '#lib/contract/generation'
import { type AspectRatio, imageRatios, resolutions } from '#lib/contract/model-view'

// What is particular to edits: how an order becomes what the row keeps.

/** The objects of an animation: all of it, and its first frame. */
export const editFiles = {
  animations: {
    'image/gif': { name: 'animation.gif', contentType: 'image/gif' },
    'image/webp': { name: 'animation.webp', contentType: 'image/webp' },
  },
  poster: { name: 'poster.jpg', contentType: 'image/jpeg' },
} as const

interface Size {
  width: number
  height: number
}

/** What the row of an edit keeps: its order, its sources, and the size and length that will come of them. */
export function editSettings(
  edit: EditOrder,
  ids: string[],
  sources: readonly EditSource[],
): KeptSettings {
  const size = sizeOf(edit, sources[0]!)
  return {
    ...size,
    aspectRatio: ratioOf(size),
    resolution: resolutionOf(size),
    duration: Math.round(secondsOf(edit, sources) * 1_000) / 1_000,
    seed: 0,
    isSeedGiven: false,
    negativePrompt: null,
    generateAudio: edit.operation !== 'mute',
    inputs: { ...noInputs, sources: ids },
    edit,
  }
}

function sizeOf(edit: EditOrder, { width, height }: Size): Size {
  const even = (side: number) => Math.max(2, Math.round(side / 2) * 2)
  if (edit.operation === 'animation') {
    const wide = Math.min(edit.width, width)
    return { width: wide, height: Math.max(1, Math.round((height * wide) / width)) }
  }
  if (edit.operation !== 'crop') return { width, height }
  const part = partAround({ width, height }, cropRatios[edit.aspectRatio], edit.focus)
  return { width: even(part.width), height: even(part.height) }
}

function quotient(ratio: string) {
  const [across, down] = ratio.split(':').map(Number)
  return across! / down!
}

// 854 x 480 counts as 16:9.
const nearly = 0.02

function ratioOf({ width, height }: Size): AspectRatio {
  const isNear = (ratio: AspectRatio) => Math.abs(width / height / quotient(ratio) - 1) < nearly
  return imageRatios.find((ratio) => ratio !== 'custom' && isNear(ratio)) ?? 'custom'
}

export function resolutionOf({ width, height }: Size) {
  const short = Math.min(width, height)
  return short < 600 ? resolutions[0] : short < 900 ? resolutions[1] : resolutions[2]
}
