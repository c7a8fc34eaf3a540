import { type Canvas } from '@napi-rs/canvas'
import { type Color, rgbOf } from '../color.ts'
import { paintPixels } from './paint-pixels.ts'

/** A round glow on nothing, `radius` pixels; `falloff` 1 is a soft ball, 3 a small core with a wide veil. */
export function paintGlow(color: Color, radius: number, strength: number, falloff = 2): Canvas {
  const size = Math.max(2, Math.ceil(radius * 2))
  const [red, green, blue] = rgbOf(color)
  return paintPixels(size, size, (pixel, x, y) => {
    const distance = Math.hypot(x + 0.5 - size / 2, y + 0.5 - size / 2) / (size / 2)
    const rest = Math.max(0, 1 - distance)
    pixel[0] = red
    pixel[1] = green
    pixel[2] = blue
    pixel[3] = 255 * strength * rest ** falloff
  })
}
