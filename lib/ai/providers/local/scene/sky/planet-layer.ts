import { createCanvas } from '@napi-rs/canvas'
import { type Color, colorOf, cssOf, mixColors, scaleColor } from '../../color.ts'
import type { Random } from '../../random.ts'
import { enterDepth } from '../camera.ts'
import { clamp01, paintGlow, rampBetween } from '../paint/pixels.ts'
import type { Layer, Stage } from '../stage.ts'
import { createPlanetSphere, type PlanetColors } from './planet-sphere.ts'

const usualPlanets = [
  ['#d8b48a', '#8a4f3a', '#ffb98a'],
  ['#7fb6d9', '#1d4a86', '#8fd0ff'],
  ['#b9a0e0', '#4a2f7a', '#c9a6ff'],
  ['#8fcfb2', '#1f5f63', '#9ff0d8'],
]

/** A planet that turns slowly, lit from the side, with its air around it and at times a ring. */
export function createPlanetLayer(stage: Stage): Layer {
  const { width, unit, horizon, sun, isDeepSpace: isAlone } = stage
  const random = stage.randomFor('planet')
  const radius = unit * (isAlone ? 0.25 + random() * 0.05 : 0.15)
  // Over a landscape it takes the moon's place, because the water already mirrors that.
  const x = isAlone ? width * (random() < 0.5 ? 0.34 : 0.66) : sun.x
  const y = isAlone
    ? stage.height * (0.45 + random() * 0.08)
    : Math.max(radius * 1.25, horizon * 0.36)
  const colors = planetColors(stage, random)
  const sphere = createPlanetSphere(radius, colors, random)
  const halo = paintGlow(colors.air, radius * 1.5, 0.55, 2.4)
  const ring = random() < 0.55 ? paintRing(radius, colors, random) : null
  const tilt = (random() - 0.5) * 0.7
  return {
    draw(context, { camera, seconds }) {
      enterDepth(context, stage, camera, isAlone ? 0.35 : 0.05)
      context.translate(x, y)
      context.globalCompositeOperation = 'lighter'
      context.drawImage(halo, -halo.width / 2 - radius * 0.12, -halo.height / 2 - radius * 0.1)
      context.globalCompositeOperation = 'source-over'
      context.rotate(tilt)
      if (ring)
        context.drawImage(
          ring,
          0,
          0,
          ring.width,
          ring.height / 2,
          -ring.width / 2,
          -ring.height / 2,
          ring.width,
          ring.height / 2,
        )
      context.drawImage(sphere.turnedTo(seconds * 0.035), -radius, -radius, radius * 2, radius * 2)
      if (ring)
        context.drawImage(
          ring,
          0,
          ring.height / 2,
          ring.width,
          ring.height / 2,
          -ring.width / 2,
          0,
          ring.width,
          ring.height / 2,
        )
    },
  }
}

function planetColors({ plan }: Stage, random: Random): PlanetColors {
  const usual = usualPlanets[Math.floor(random() * usualPlanets.length)]!.map(colorOf) as [
    Color,
    Color,
    Color,
  ]
  const tint = plan.tints[0]
  if (tint === undefined) return { high: usual[0], low: usual[1], air: usual[2] }
  const own = colorOf(tint)
  return {
    high: mixColors(own, { l: 0.9, a: 0, b: 0.02 }, 0.3),
    low: scaleColor(own, 0.55),
    air: mixColors(own, { l: 0.95, a: 0, b: 0 }, 0.3),
  }
}

/** Rings seen from a little above: many thin ellipses with gaps. */
function paintRing(radius: number, colors: PlanetColors, random: Random) {
  const flatness = 0.2 + random() * 0.12
  const canvas = createCanvas(Math.ceil(radius * 4.8), Math.ceil(radius * 4.8 * flatness + 4))
  const context = canvas.getContext('2d')
  context.translate(canvas.width / 2, canvas.height / 2)
  const light = mixColors(colors.high, { l: 0.92, a: 0, b: 0.01 }, 0.4)
  context.lineWidth = radius * 0.014
  for (let reach = 1.4; reach < 2.35; reach += 0.012) {
    const gap =
      rampBetween(0.02, 0.05, Math.abs(reach - 1.95)) *
      rampBetween(2.35, 2.2, reach) *
      rampBetween(1.4, 1.5, reach)
    context.strokeStyle = cssOf(light, clamp01((0.12 + random() * 0.5) * gap))
    context.beginPath()
    context.ellipse(0, 0, radius * reach, radius * reach * flatness, 0, 0, Math.PI * 2)
    context.stroke()
  }
  return canvas
}
