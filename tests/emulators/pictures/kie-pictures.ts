import type { EmulatorRequest } from '../emulator.ts'
import { type Picture, ratioOf } from './draw-picture.ts'

type Input = EmulatorRequest['json']

/** The image that a job makes; undefined for a film. */
export function kiePicture(model: string, input: Input): Picture | undefined {
  if (!/nano-banana|^seedream\/|^flux-2\//.test(model)) return undefined
  const format = /^jpe?g$/.test(input?.output_format) ? 'jpeg' : 'png'
  return { ratio: ratioOf(input?.image_size ?? input?.aspect_ratio), format }
}

const credits: [model: RegExp, bySize: Record<string, number>][] = [
  [/^google\/nano-banana/, { '1K': 4 }],
  [/^nano-banana-2$/, { '1K': 8, '2K': 12, '4K': 18 }],
  [/^nano-banana-pro$/, { '1K': 18, '2K': 18, '4K': 24 }],
  [/^seedream\//, { basic: 6.5, high: 8 }],
  [/^flux-2\/pro/, { '1K': 5, '2K': 7 }],
]

/** What an image costs, in dollars. */
export function kiePictureUsd(model: string, input: Input) {
  const [, bySize] = credits.find(([pattern]) => pattern.test(model))!
  return 0.005 * (bySize[input?.resolution ?? input?.quality ?? '1K'] ?? 100)
}
