import { type Color, mixColors, rgbOf, scaleColor } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { createNoise, fractal } from '../paint/noise.ts'
import { clamp01, paintPixels, rampBetween } from '../paint/pixels.ts'
import type { Layer, Stage } from '../stage.ts'

/** Frame pixels to one of the sheet: clouds are soft anyway. */
const cellsPerUnit = 300
/** How far the clouds drift in a second, in shorter sides. */
const drift = 0.011

/** A deck of clouds in perspective, lit from where the sun is, drifting. */
export function createCloudsLayer(stage: Stage): Layer {
  const { width, unit, margin, horizon, durationSeconds, randomFor } = stage
  const cell = Math.max(1, unit / cellsPerUnit)
  const way = drift * unit * durationSeconds
  const columns = Math.ceil((width + margin * 2 + way) / cell)
  const sheet = paintPixels(columns, Math.ceil(horizon / cell), cloudShader(stage, cell))
  const direction = randomFor('wind')() < 0.5 ? -1 : 1
  return {
    draw(context, { camera, seconds }) {
      enterDepth(context, stage, camera, 0.04)
      const begin = direction > 0 ? -margin - way : -margin
      const x = begin + direction * drift * unit * seconds
      context.drawImage(sheet, x, 0, sheet.width * cell, sheet.height * cell)
    },
  }
}

function cloudShader(stage: Stage, cell: number) {
  const { width, unit, margin, horizon, sun, has, randomFor } = stage
  const noise = createNoise(randomFor('clouds'))
  const cover = has('rain') || has('snow') ? 0.34 : has('fog') ? 0.1 : -0.04
  const fullness = cover + (randomFor('cover')() - 0.5) * 0.14
  const { lit, shade } = cloudColors(stage)
  const density = (across: number, away: number) => {
    const warp = noise(across * 0.6 + 9, away * 0.6) * 0.5
    return fractal(noise, across + warp, away, 5) + fullness
  }
  return (pixel: [number, number, number, number], column: number, row: number) => {
    const height = 1 - (row * cell) / horizon
    // The deck is a plane above us: the lower in the sky, the farther and the denser together.
    const distance = 1 / (height + 0.13)
    const across = ((column * cell - margin - width / 2) / unit) * distance * 0.9
    const away = distance * 1.9
    const here = density(across, away)
    const opacity = rampBetween(0.02, 0.42, here)
    if (opacity <= 0) {
      pixel[3] = 0
      return
    }
    const toSun = Math.tanh((sun.x - (column * cell - margin)) / (unit * 0.25)) * 0.09
    const light = clamp01(0.52 + (here - density(across + toSun, away - 0.1)) * 2.1 - here * 0.35)
    const [red, green, blue] = rgbOf(mixColors(shade, lit, light))
    pixel[0] = red
    pixel[1] = green
    pixel[2] = blue
    pixel[3] = 255 * opacity * rampBetween(0.02, 0.22, height) * 0.92
  }
}

function cloudColors({ palette, plan, has }: Stage): { lit: Color; shade: Color } {
  const white: Color = { l: 1, a: 0, b: 0 }
  if (plan.time === 'night') {
    return {
      lit: scaleColor(mixColors(palette.upper, palette.glow, 0.4), 0.85),
      shade: scaleColor(palette.upper, 0.95),
    }
  }
  const isGrey = has('rain')
  const lit = mixColors(palette.glow, white, plan.time === 'day' ? 0.8 : 0.25)
  const shade = mixColors(palette.upper, palette.lower, 0.45)
  return {
    lit: isGrey ? scaleColor(lit, 0.8, 0.4) : lit,
    shade: isGrey ? scaleColor(shade, 0.72, 0.6) : mixColors(shade, lit, 0.12),
  }
}
