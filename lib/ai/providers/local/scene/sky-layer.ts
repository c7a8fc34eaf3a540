import { type Color, mixColors, rgbOf } from '../color.ts'
import { clamp01, rampBetween } from '../ease.ts'
import { shiftAt } from './depth.ts'
import type { Layer } from './layer.ts'
import { paintPixels } from './paint-pixels.ts'
import type { Stage } from './stage.ts'

/** The sky as one dithered sheet: its gradient, and the light that the sun or the moon spreads in it. */
export function createSkyLayer(stage: Stage): Layer {
  const { width, height, margin, horizon } = stage
  const rows = Array.from({ length: height }, (_, y) => rgbOf(skyColorAt(stage, y / horizon)))
  const light = lightOf(stage)
  const sheet = paintPixels(width + margin * 2, height, (pixel, x, y) => {
    const [red, green, blue] = rows[y]!
    const shine = light(x - margin, y)
    pixel[0] = red + (light.red - red) * shine
    pixel[1] = green + (light.green - green) * shine
    pixel[2] = blue + (light.blue - blue) * shine
  })
  return {
    draw(context, { camera }) {
      // Whole pixels: nobody sees a gradient jump by one, and the copy is eight times as fast.
      const shift = Math.round(shiftAt(stage, camera, 0))
      context.setTransform(1, 0, 0, 1, shift, 0)
      context.drawImage(sheet, -margin, 0)
    },
  }
}

/** The plain sky between the top, 0, and the horizon, 1; below it the horizon's colour. */
export function skyColorAt({ palette }: Stage, share: number): Color {
  const stops: [number, Color][] = [
    [0, palette.zenith],
    [0.42, palette.upper],
    [0.78, palette.lower],
    [1, palette.horizon],
  ]
  for (let index = 1; index < stops.length; index += 1) {
    const [from, fromColor] = stops[index - 1]!
    const [to, toColor] = stops[index]!
    if (share < to) return mixColors(fromColor, toColor, rampBetween(from - 0.06, to + 0.06, share))
  }
  return palette.horizon
}

function lightOf({ sun, unit, palette, plan, horizon, has }: Stage) {
  const [red, green, blue] = rgbOf(palette.glow)
  const isLow = plan.time === 'dawn' || plan.time === 'sunset'
  const strength = (plan.time === 'night' ? 0.42 : isLow ? 0.95 : 0.6) * (has('rain') ? 0.3 : 1)
  const reach = unit * (isLow ? 0.3 : 0.17)
  const at = (x: number, y: number) => {
    // A low sun's light lies along the horizon.
    const distance = Math.hypot((x - sun.x) * (isLow ? 0.62 : 1), y - sun.y)
    const halo = Math.exp(-distance / reach) * 0.75 + Math.exp(-distance / (reach * 2.6)) * 0.4
    const above = y > horizon ? 0.5 : 1
    return clamp01(halo * strength * above)
  }
  return Object.assign(at, { red, green, blue })
}
