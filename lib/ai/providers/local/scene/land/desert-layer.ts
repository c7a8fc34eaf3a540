import { type Color, colorOf, mixColors, rgbOf, scaleColor } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { createNoise, fractal, type Noise } from '../paint/noise.ts'
import { clamp01, paintPixels, type Pixel, rampBetween } from '../paint/pixels.ts'
import type { Sprite } from '../paint/sprite.ts'
import type { Layer, Stage } from '../stage.ts'

interface Dune {
  depth: number
  haze: number
  /** Where its crest lies on average and how far it swings, in pixels. */
  level: number
  swing: number
  frequency: number
}

/** Dunes behind dunes: a lit and a shaded flank to each crest, ripples close by, and sand in the wind. */
export function createDesertLayer(stage: Stage): Layer {
  const dunes = dunesOf(stage).map((dune, index) => ({
    depth: dune.depth,
    ...paintDune(stage, dune, createNoise(stage.randomFor(`dune ${index}`))),
  }))
  return {
    draw(context, { camera }) {
      for (const { depth, sprite, cell } of dunes) {
        enterDepth(context, stage, camera, depth)
        context.drawImage(
          sprite.canvas,
          sprite.x,
          sprite.y,
          sprite.canvas.width * cell,
          sprite.canvas.height * cell,
        )
      }
    },
  }
}

function dunesOf({ horizon, height, unit }: Stage): Dune[] {
  const below = height - horizon
  return [
    { depth: 0.1, haze: 0.66, level: horizon + below * 0.02, swing: unit * 0.05, frequency: 1.1 },
    { depth: 0.2, haze: 0.45, level: horizon + below * 0.13, swing: unit * 0.075, frequency: 0.9 },
    { depth: 0.36, haze: 0.26, level: horizon + below * 0.3, swing: unit * 0.1, frequency: 0.75 },
    { depth: 0.58, haze: 0.1, level: horizon + below * 0.52, swing: unit * 0.12, frequency: 0.6 },
    { depth: 0.9, haze: 0, level: horizon + below * 0.8, swing: unit * 0.13, frequency: 0.5 },
  ]
}

function paintDune(stage: Stage, dune: Dune, noise: Noise): { sprite: Sprite; cell: number } {
  const { width, height, margin, unit } = stage
  const cell = Math.max(1, unit / 480)
  const top = Math.floor(dune.level - dune.swing * 1.1)
  const bottom = Math.min(height, dune.level + dune.swing * 2.6 + unit * 0.1)
  const columns = Math.ceil((width + margin * 2) / cell)
  const profile = Array.from({ length: columns }, (_, column) =>
    crestAt((column * cell - margin) / unit),
  )
  const shade = sandShader(stage, dune, noise)
  const canvas = paintPixels(columns, Math.ceil((bottom - top) / cell), (pixel, column, row) => {
    const crest = profile[column]!
    const y = top + row * cell
    const below = y - crest
    pixel[3] = 255 * clamp01(below / cell + 0.5)
    if (pixel[3] > 0) shade(pixel, column * cell - margin, y, Math.max(0, below), crest)
  })
  return { sprite: { canvas, x: -margin, y: top }, cell }

  function crestAt(x: number) {
    // Folded, so that two slopes meet in the sharp edge that wind makes.
    const fold = Math.abs(noise(x * dune.frequency * 1.5, 1.3))
    return (
      dune.level - dune.swing * (0.75 - 1.5 * fold + fractal(noise, x * dune.frequency, 7, 2) * 0.8)
    )
  }
}

const sand = colorOf('#d9a468')

function sandShader(stage: Stage, dune: Dune, noise: Noise) {
  const { width, palette, plan, sun, unit, has } = stage
  const isTinted = plan.tints.length > 0
  const ground: Color = isTinted ? mixColors(sand, { ...palette.haze, l: sand.l }, 0.7) : sand
  const white: Color = { l: 0.95, a: 0, b: 0.01 }
  const dry = has('snow') ? mixColors(ground, white, 0.6) : ground
  // Moonlight takes the warmth out of sand.
  const base = mixColors(dry, { ...palette.lower, l: dry.l }, palette.darkness * 0.6)
  const air = mixColors(palette.haze, palette.horizon, 0.45)
  const dim = 1 - palette.darkness * 0.62
  const lit = mixColors(scaleColor(mixColors(base, palette.glow, 0.35), dim), air, dune.haze)
  const dark = mixColors(
    mixColors(scaleColor(base, 0.52 * dim), palette.zenith, 0.38),
    air,
    dune.haze * 0.9,
  )
  const side = noise(dune.frequency * 9, 77) < 0 ? -1 : 1
  const lightSide = sun.x > width / 2 ? 1 : -1
  return (pixel: Pixel, x: number, y: number, below: number, crest: number) => {
    const across = x / unit
    const down = below / (dune.swing * 2.2)
    // The edge between the flanks is not straight: it drifts aside and wavers, as if cut by wind.
    const wander = noise(across * 1.7, 40 + (y / unit) * 5) * 0.05
    const bend =
      across + side * (below / unit) * (0.75 + down * 0.5) + wander * rampBetween(0, 0.2, down)
    const fold = noise(bend * dune.frequency * 1.5, 1.3)
    const facing = lightSide * Math.tanh(fold * 14) * Math.min(1, 0.35 + Math.abs(fold) * 1.6)
    const soft = fractal(noise, across * 2.4, (y / unit) * 3.2, 3) * 0.16
    const ripple = Math.sin(
      (y / unit) * 190 * (1.2 - dune.depth * 0.6) +
        fractal(noise, across * 5, (y / unit) * 8, 2) * 9,
    )
    const light = clamp01(
      0.6 +
        facing * (1 - rampBetween(0.1, 1.1, down)) * 0.42 -
        down * 0.2 +
        soft +
        ripple * 0.035 * dune.depth,
    )
    const rim = rampBetween(unit * 0.008, 0, y - crest) * 0.12
    const [red, green, blue] = rgbOf(mixColors(dark, lit, clamp01(light + rim)))
    pixel[0] = red
    pixel[1] = green
    pixel[2] = blue
  }
}
