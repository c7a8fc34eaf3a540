import { type Color, colorOf, mixColors, rgbOf } from '../../color.ts'
import { shiftAt } from '../camera.ts'
import { createNoise, fractal } from '../paint/noise.ts'
import { clamp01, paintPixels, rampBetween } from '../paint/pixels.ts'
import type { Layer, Stage } from '../stage.ts'

const usualPairs: [string, string][] = [
  ['#3a5bd6', '#d64fa0'],
  ['#16809c', '#8d4fd6'],
  ['#c2563a', '#5b3ad6'],
  ['#2a9d8f', '#3a56c9'],
]

/** Deep space with glowing gas: the backdrop of a prompt without a landscape. Replaces the sky. */
export function createNebulaLayer(stage: Stage): Layer {
  const { width, height, margin, unit } = stage
  const cell = Math.max(1, unit / 360)
  const sheet = paintPixels(
    Math.ceil((width + margin * 2) / cell),
    Math.ceil(height / cell),
    gasShader(stage, cell),
  )
  return {
    draw(context, { camera, seconds }) {
      const shift = shiftAt(stage, camera, 0.03)
      const zoom = 1 + (camera.zoom - 1) * 0.3 + 0.004 * seconds
      context.setTransform(
        zoom,
        0,
        0,
        zoom,
        (width / 2) * (1 - zoom) + shift,
        (height / 2) * (1 - zoom),
      )
      context.drawImage(sheet, -margin, 0, sheet.width * cell, sheet.height * cell)
    },
  }
}

function gasShader(stage: Stage, cell: number) {
  const { width, height, unit, margin, randomFor } = stage
  const random = randomFor('nebula')
  const noise = createNoise(random)
  const [first, second] = gasColors(stage, random())
  const emptiness = colorOf('#03050d')
  const tilt = (random() - 0.5) * 1.4
  return (pixel: [number, number, number, number], column: number, row: number) => {
    const x = (column * cell - margin - width / 2) / unit
    const y = (row * cell - height / 2) / unit
    const warpX = fractal(noise, x * 1.3, y * 1.3, 3)
    const warpY = fractal(noise, x * 1.3 + 31, y * 1.3 + 7, 3)
    const gas = fractal(noise, x * 1.5 + warpX * 1.3, y * 1.5 + warpY * 1.3, 5)
    // The gas gathers along a band, as a galaxy does.
    const band = Math.exp(-(((y - x * tilt) / 0.42) ** 2))
    const glow = clamp01(rampBetween(-0.25, 0.62, gas + (band - 0.55) * 0.55))
    const dust = rampBetween(
      0.05,
      0.5,
      fractal(noise, x * 2.6 + warpY * 1.8 + 60, y * 2.6 + warpX, 4),
    )
    const hue = clamp01(0.5 + warpX * 1.5)
    const light = glow ** 1.7 * (1 - dust * 0.65 * band)
    const core = glow ** 5 * 0.5
    const color = mixColors(
      mixColors(emptiness, mixColors(first, second, hue), light * 0.85),
      { l: 1, a: 0, b: 0 },
      core * 0.35,
    )
    const [red, green, blue] = rgbOf(color)
    pixel[0] = red
    pixel[1] = green
    pixel[2] = blue
  }
}

function gasColors({ plan }: Stage, chance: number): [Color, Color] {
  const [first, second] = plan.tints
  const usual = usualPairs[Math.floor(chance * usualPairs.length)]!
  if (first === undefined) return [colorOf(usual[0]), colorOf(usual[1])]
  return [
    colorOf(first),
    second === undefined ? mixColors(colorOf(first), colorOf(usual[1]), 0.45) : colorOf(second),
  ]
}
