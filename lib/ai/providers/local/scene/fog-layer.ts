import { mixColors, rgbOf } from '../color.ts'
import { rampBetween } from '../ease.ts'
import { createNoise, fractal } from '../noise.ts'
import { shiftAt } from './depth.ts'
import type { Layer } from './layer.ts'
import { paintPixels } from './paint-pixels.ts'
import type { Stage } from './stage.ts'

/** The noise's period along x, so that a bank of fog can drift for ever. */
const period = 8

/** Two banks of fog that drift past each other over the lower half of the picture. */
export function createFogLayer(stage: Stage): Layer {
  const { width, height, unit, horizon, palette } = stage
  const [red, green, blue] = rgbOf(mixColors(palette.haze, palette.horizon, 0.5))
  const top = horizon - unit * 0.22
  const rows = 96
  const columns = 384
  const banks = [0, 1].map((bank) => {
    const noise = createNoise(stage.randomFor(`fog ${bank}`), period)
    return paintPixels(columns, rows, (pixel, x, y) => {
      const down = y / rows
      const body = rampBetween(
        -0.3,
        0.5,
        fractal(noise, (x / columns) * period, down * 3, 1) +
          noise((x / columns) * period * 2, down * 6) * 0.25,
      )
      pixel[0] = red
      pixel[1] = green
      pixel[2] = blue
      pixel[3] = 255 * 0.62 * body * rampBetween(0, 0.35, down) * rampBetween(1.15, 0.5, down)
    })
  })
  const length = unit * 2.6
  return {
    draw(context, { camera, seconds }) {
      context.resetTransform()
      banks.forEach((bank, index) => {
        const speed = (index === 0 ? 0.03 : -0.021) * unit
        const way = shiftAt(stage, camera, 0.3 + index * 0.3) + seconds * speed
        for (let x = (((way % length) + length) % length) - length; x < width; x += length) {
          context.drawImage(bank, x, top + index * unit * 0.12, length + 1, height - top)
        }
      })
    },
  }
}
