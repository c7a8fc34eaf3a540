import type { SKRSContext2D } from '@napi-rs/canvas'
import { type Color, cssOf, mixColors, scaleColor } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { createNoise, fractal, type Noise, ridged } from '../paint/noise.ts'
import { drawSprite, paintSprite, type Sprite } from '../paint/sprite.ts'
import type { Layer, Stage } from '../stage.ts'
import type { Mirrored } from '../water/reflection.ts'
import { paintPine } from './forest-trees.ts'
import { paintRock } from './mountain-rock.ts'

interface Ridge {
  depth: number
  /** How far distance fades its colour: 1 is all haze. */
  haze: number
  /** Its foot and its height above it, in pixels. */
  foot: number
  rise: number
  /** Peaks in a shorter side. */
  frequency: number
  isRocky: boolean
}

export interface MountainsLayer extends Layer {
  /** For water that mirrors them. */
  sprites: Mirrored[]
}

/** Ridges behind ridges: rock and snow far away, dark hills close by, the air between them. */
export function createMountainsLayer(stage: Stage): MountainsLayer {
  const sprites = ridgesOf(stage).map((ridge, index) => ({
    sprite: paintRidge(stage, ridge, createNoise(stage.randomFor(`ridge ${index}`))),
    depth: ridge.depth,
  }))
  return {
    sprites,
    draw(context, { camera }) {
      for (const { sprite, depth } of sprites) {
        enterDepth(context, stage, camera, depth)
        drawSprite(context, sprite)
      }
    },
  }
}

function ridgesOf({ unit, height, horizon, has }: Stage): Ridge[] {
  const tall = Math.min(unit * 0.42, horizon * 0.62)
  const far: Ridge[] = [
    { depth: 0.06, haze: 0.56, foot: horizon, rise: tall, frequency: 1.5, isRocky: true },
    { depth: 0.12, haze: 0.36, foot: horizon, rise: tall * 0.62, frequency: 2.1, isRocky: true },
  ]
  const isBackdrop = has('ocean') || has('city') || has('desert') || has('forest')
  if (isBackdrop) return far
  const below = height - horizon
  return [
    ...far,
    {
      depth: 0.24,
      haze: 0.34,
      foot: horizon + below * 0.3,
      rise: tall * 0.42,
      frequency: 2.4,
      isRocky: false,
    },
    {
      depth: 0.42,
      haze: 0.18,
      foot: horizon + below * 0.6,
      rise: tall * 0.34,
      frequency: 2.0,
      isRocky: false,
    },
    {
      depth: 0.7,
      haze: 0.02,
      foot: height * 1.01,
      rise: tall * 0.3,
      frequency: 1.5,
      isRocky: false,
    },
  ]
}

function paintRidge(stage: Stage, ridge: Ridge, noise: Noise): Sprite {
  const { palette, height } = stage
  const top = ridge.foot - ridge.rise * 1.25
  const below = height - stage.horizon
  const bottom = stage.has('ocean') ? ridge.foot : Math.min(height, ridge.foot + below * 0.45)
  const lineAt = (x: number) =>
    ridge.foot - ridge.rise * elevation(noise, (x / stage.unit) * ridge.frequency, ridge)
  return paintSprite(stage, top, bottom, (context) => {
    const air = mixColors(palette.haze, palette.horizon, 0.35)
    const white = mixColors(palette.horizon, palette.upper, 0.25 + palette.darkness * 0.5)
    const ground = stage.has('snow') ? mixColors(palette.land, white, 0.72) : palette.land
    const body = mixColors(ground, air, ridge.haze)
    const fill = context.createLinearGradient(0, top, 0, ridge.foot)
    fill.addColorStop(0, cssOf(body))
    fill.addColorStop(0.55, cssOf(mixColors(body, air, 0.22)))
    fill.addColorStop(1, cssOf(mixColors(body, air, 0.62 * Math.max(0.35, ridge.haze * 1.6))))
    context.fillStyle = fill
    traceLine(context, stage, lineAt, bottom)
    context.fill()
    if (ridge.haze < 0.2 && !ridge.isRocky) plantPines(context, stage, { ridge, lineAt, body })
    if (ridge.isRocky) paintRock(context, stage, noise, { ...ridge, lineAt, top })
  })
}

function elevation(noise: Noise, x: number, ridge: Ridge) {
  if (!ridge.isRocky) return 0.45 + fractal(noise, x, 3.7, 4) * 0.9
  const peaks = ridged(noise, x * 0.8, 0.5, 5)
  const massif = 0.62 + noise(x * 0.34, 12.5) * 0.55
  return 0.18 + peaks * massif * 1.2 + fractal(noise, x * 0.5, 8, 2) * 0.34
}

function traceLine(
  context: SKRSContext2D,
  stage: Stage,
  lineAt: (x: number) => number,
  bottom: number,
) {
  const from = -stage.margin
  const to = stage.width + stage.margin
  context.beginPath()
  context.moveTo(from, bottom)
  for (let x = from; x <= to; x += 1.5) context.lineTo(x, lineAt(x))
  context.lineTo(to, bottom)
  context.closePath()
}

/** A fringe of pines on the hills close by: they tell the eye how large the mountains are. */
function plantPines(
  context: SKRSContext2D,
  stage: Stage,
  { ridge, lineAt, body }: { ridge: Ridge; lineAt: (x: number) => number; body: Color },
) {
  const { unit, width, margin } = stage
  const random = stage.randomFor(`pines ${ridge.depth}`)
  const groves = createNoise(random)
  const usual = unit * (0.02 + ridge.depth * 0.055)
  for (let x = -margin; x < width + margin; x += usual * (0.18 + random() * 0.3)) {
    if (groves((x / unit) * 2.6, 0.5) < -0.12 + random() * 0.3) continue
    const size = usual * (0.55 + random() * 0.8)
    const color = scaleColor(body, 0.86 + random() * 0.1)
    paintPine(context, { x, foot: lineAt(x) + size * 0.12, size, color, snow: null }, random)
  }
}
