import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { type Color, rgbOf } from '../../color.ts'

/** Eases 0 to 1, with speed and acceleration zero at both ends. */
export function smootherStep(progress: number) {
  const t = Math.min(1, Math.max(0, progress))
  return t * t * t * (t * (t * 6 - 15) + 10)
}

export function clamp01(value: number) {
  return Math.min(1, Math.max(0, value))
}

/** 0 below `from`, 1 above `to`, smooth in between. Falls where `from` is above `to`. */
export function rampBetween(from: number, to: number, value: number) {
  const t = clamp01((value - from) / (to - from))
  return t * t * (3 - 2 * t)
}

/** One pixel: red, green, blue and opacity, 0 to 255, fractions allowed. */
export type Pixel = [red: number, green: number, blue: number, alpha: number]

/** Thresholds of an ordered dither: invisible, and the same in every frame, so it costs few bits. */
const bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5].map(
  (rank) => (rank + 0.5) / 16,
)

/** Rows painted at a time: a copy of a whole sheet would hold 10 MB at 1080p until it is collected. */
const bandRows = 64

/**
 * Paints a canvas pixel by pixel. Only for sheets that are made once: 720p takes about 60 ms. Fractions are
 * dithered, so that a wide gradient shows no bands. `shade` fills the given pixel.
 */
export function paintPixels(
  width: number,
  height: number,
  shade: (pixel: Pixel, x: number, y: number) => void,
): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const band = context.createImageData(width, bandRows)
  for (let top = 0; top < height; top += bandRows) {
    paintBand(band.data, width, top, Math.min(height, top + bandRows), shade)
    context.putImageData(band, 0, top)
  }
  return canvas
}

function paintBand(
  data: Uint8ClampedArray,
  width: number,
  top: number,
  bottom: number,
  shade: (pixel: Pixel, x: number, y: number) => void,
) {
  const pixel: Pixel = [0, 0, 0, 255]
  let at = 0
  for (let y = top; y < bottom; y += 1) {
    for (let x = 0; x < width; x += 1) {
      pixel[3] = 255
      shade(pixel, x, y)
      const threshold = bayer[((y & 3) << 2) | (x & 3)]!
      data[at] = Math.floor(pixel[0] + threshold)
      data[at + 1] = Math.floor(pixel[1] + threshold)
      data[at + 2] = Math.floor(pixel[2] + threshold)
      data[at + 3] = Math.floor(pixel[3] + threshold)
      at += 4
    }
  }
}

/** A round glow on a transparent canvas, `radius` in pixels. `falloff`: 1 a soft ball, 3 a small core and wide veil. */
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
