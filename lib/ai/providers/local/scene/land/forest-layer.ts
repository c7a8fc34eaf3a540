import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { cssOf, mixColors } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { createNoise, fractal } from '../paint/noise.ts'
import { drawSprite, paintSprite, type Sprite } from '../paint/sprite.ts'
import type { Layer, Stage } from '../stage.ts'
import { paintPine, paintTrunk } from './forest-trees.ts'

interface Row {
  depth: number
  haze: number
  /** The ground line under its trees, in pixels. */
  ground: number
  /** A usual tree's height and the distance to the next, in shorter sides. */
  tree: number
  spacing: number
}

/** Rows of pines with haze between them, and trunks in the foreground. */
export function createForestLayer(stage: Stage): Layer {
  const rows = rowsOf(stage).map((row, index) => ({
    depth: row.depth,
    sprite: paintRow(stage, row, index),
  }))
  const trunks = ([-1, 1] as const).map((side) => paintTrunks(stage, side))
  return {
    draw(context, { camera }) {
      for (const { depth, sprite } of rows) {
        enterDepth(context, stage, camera, depth)
        drawSprite(context, sprite)
      }
      enterDepth(context, stage, camera, 0.95)
      for (const sprite of trunks) drawSprite(context, sprite)
    },
  }
}

function rowsOf({ horizon, height, unit, has }: Stage): Row[] {
  const below = height - horizon
  const rows = [
    { depth: 0.14, haze: 0.74, ground: horizon + below * 0.1, tree: 0.15, spacing: 0.028 },
    { depth: 0.26, haze: 0.52, ground: horizon + below * 0.28, tree: 0.23, spacing: 0.05 },
    { depth: 0.42, haze: 0.3, ground: horizon + below * 0.52, tree: 0.33, spacing: 0.085 },
    { depth: 0.64, haze: 0.1, ground: horizon + below * 0.84, tree: 0.46, spacing: 0.16 },
  ]
  // Before the sea or a city the forest is a shore: only its nearest trees, low at the edges.
  if (has('ocean') || has('city')) {
    return [{ depth: 0.6, haze: 0.06, ground: height - unit * 0.035, tree: 0.3, spacing: 0.13 }]
  }
  return rows
}

function paintRow(stage: Stage, row: Row, index: number): Sprite {
  const { width, height, margin, unit, palette, has } = stage
  const random = stage.randomFor(`forest ${index}`)
  const noise = createNoise(random)
  const air = mixColors(palette.haze, palette.horizon, 0.3)
  const color = mixColors(palette.land, air, row.haze)
  const groundAt = (x: number) => row.ground + fractal(noise, (x / unit) * 1.4, 2, 2) * unit * 0.05
  const top = row.ground - unit * row.tree * 1.5 - unit * 0.05
  const isShore = has('ocean') || has('city')
  return paintSprite(
    stage,
    Math.max(-unit * 0.1, top),
    Math.min(height, row.ground + (height - stage.horizon) * 0.34 + unit * 0.05),
    (context) => {
      const trees: { x: number; size: number }[] = []
      for (let x = -margin; x < width + margin; x += unit * row.spacing * (0.55 + random() * 0.9)) {
        const aside = Math.abs(x / width - 0.5) * 2
        if (isShore && random() > aside ** 2.2) continue
        const size = unit * row.tree * (0.55 + random() * 0.75) * (isShore ? 0.6 + 0.5 * aside : 1)
        trees.push({ x, size })
      }
      for (const { x, size } of trees.toSorted((a, b) => a.size - b.size)) {
        paintPine(
          context,
          { x, foot: groundAt(x) + unit * 0.015, size, color, snow: snowOf(stage, row) },
          random,
        )
      }
      const ground = has('snow') ? snowOf(stage, row)! : color
      context.fillStyle = cssOf(ground)
      context.beginPath()
      context.moveTo(-margin, height)
      for (let x = -margin; x <= width + margin; x += 4) context.lineTo(x, groundAt(x))
      context.lineTo(width + margin, height)
      context.fill()
      paintMist(context, stage, row, row.ground - unit * 0.2, row.ground + unit * 0.02)
    },
  )
}

function snowOf({ palette, has }: Stage, row: Row) {
  if (!has('snow')) return null
  const white = mixColors(
    mixColors(palette.horizon, { l: 1, a: 0, b: 0 }, 0.55),
    palette.upper,
    palette.darkness * 0.72,
  )
  return mixColors(white, palette.haze, row.haze * 0.6)
}

/** The mist that lies at the feet of a row. */
function paintMist(context: SKRSContext2D, stage: Stage, row: Row, top: number, bottom: number) {
  const { width, margin, palette, has } = stage
  const color = mixColors(palette.haze, palette.horizon, 0.4)
  const strength = (has('fog') ? 0.85 : 0.46) * (0.35 + row.haze) * (1 - palette.darkness * 0.35)
  const fill = context.createLinearGradient(0, top, 0, bottom)
  fill.addColorStop(0, cssOf(color, 0))
  fill.addColorStop(1, cssOf(color, Math.min(1, strength)))
  context.globalCompositeOperation = 'source-atop'
  context.fillStyle = fill
  context.fillRect(-margin, top, width + margin * 2, bottom - top)
}

/** Trunks on one side of the frame, on a sheet no wider than they need. The middle stays clear. */
function paintTrunks(stage: Stage, side: -1 | 1): Sprite {
  const { width, height, margin, unit, palette } = stage
  const random = stage.randomFor(`trunks ${side}`)
  const color = mixColors(palette.land, { l: 0.06, a: 0, b: 0 }, 0.55)
  const reach = Math.ceil(margin + width * 0.16)
  const left = side < 0 ? -margin : width - Math.ceil(width * 0.16)
  const canvas = createCanvas(reach, height)
  const context = canvas.getContext('2d')
  context.translate(-left, 0)
  for (
    let x = left + unit * 0.1;
    x < left + reach - unit * 0.05;
    x += unit * (0.13 + random() * 0.15)
  ) {
    const trunk = { x, top: 0, foot: height, width: unit * (0.018 + random() * 0.03), color }
    paintTrunk(context, trunk, random)
  }
  return { canvas, x: left, y: 0 }
}
