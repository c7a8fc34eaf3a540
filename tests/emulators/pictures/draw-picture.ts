import { createHash } from 'node:crypto'
import { createCanvas } from '@napi-rs/canvas'
import { type AspectRatio, dimensionsOf } from '#lib/contract/model-view'

/** An image that an emulated provider makes. */
export interface Picture {
  ratio: AspectRatio
  format: 'png' | 'jpeg' | 'webp'
}

// Of the pixels of the smallest size there are: enough to look at, and quickly encoded.
const scale = 0.5

/** Draws an image from its prompt: the same prompt gives the same one, another prompt another one. */
export function drawPicture({ ratio, format }: Picture, prompt: string): Buffer {
  const full = dimensionsOf(ratio, '1K')
  const [width, height] = [full.width * scale, full.height * scale]
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const hash = createHash('sha256').update(prompt).digest()
  const colour = (at: number) => `hsl(${(hash[at]! * 360) / 256} 60% ${30 + hash[at + 1]! / 8}%)`
  context.fillStyle = colour(0)
  context.fillRect(0, 0, width, height)
  for (let at = 2; at < 26; at += 4) {
    context.fillStyle = colour(at)
    const radius = 20 + hash[at + 3]! * scale
    context.beginPath()
    context.arc((hash[at + 2]! / 256) * width, (hash[at]! / 256) * height, radius, 0, 2 * Math.PI)
    context.fill()
  }
  if (format === 'png') return canvas.toBuffer('image/png')
  return format === 'jpeg' ? canvas.toBuffer('image/jpeg', 85) : canvas.toBuffer('image/webp', 85)
}

/** A ratio that stands in a request as providers write it; `1:1` for what is none. */
export function ratioOf(value: unknown): AspectRatio {
  const isRatio = typeof value === 'string' && /^\d{1,2}:\d{1,2}$/.test(value)
  return isRatio ? (value as AspectRatio) : '1:1'
}
