import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { type Color, colorOf, cssOf, mixColors } from '../../color.ts'
import { enterDepth } from '../camera.ts'
import { createNoise, type Noise } from '../paint/noise.ts'
import type { Layer, Stage } from '../stage.ts'

/** Rays of one curtain across the frame's shorter side. */
const raysPerUnit = 70
/** Frame pixels to one of the canvas the lights are drawn on. They are soft, and blending is slow. */
const coarseness = 4

interface Curtain {
  base: number
  swing: number
  pace: number
  strength: number
  offset: number
}

/** Northern lights: curtains of rays that wave and pulse, green below and violet above. */
export function createAuroraLayer(stage: Stage): Layer {
  const { width, margin, horizon, plan, randomFor } = stage
  const noise = createNoise(randomFor('aurora'))
  const [low = '#4dffb0', high = '#7a4dff'] = plan.tints
  const ray = paintRay(colorOf(low), colorOf(high))
  const canvas = createCanvas(
    Math.ceil((width + margin * 2) / coarseness),
    Math.ceil(horizon / coarseness),
  )
  const own = canvas.getContext('2d')
  const curtains: Curtain[] = [
    { base: horizon * 0.64, swing: 0.16, pace: 0.16, strength: 0.62, offset: 0 },
    { base: horizon * 0.46, swing: 0.2, pace: 0.11, strength: 0.42, offset: 40 },
  ]
  return {
    draw(context, { camera, seconds }) {
      own.resetTransform()
      own.globalAlpha = 1
      own.globalCompositeOperation = 'source-over'
      own.fillStyle = '#000'
      own.fillRect(0, 0, canvas.width, canvas.height)
      own.globalCompositeOperation = 'lighter'
      own.setTransform(1 / coarseness, 0, 0, 1 / coarseness, margin / coarseness, 0)
      for (const curtain of curtains) drawCurtain(own, { stage, noise, ray, curtain, seconds })
      enterDepth(context, stage, camera, 0.02)
      context.globalCompositeOperation = 'screen'
      context.drawImage(canvas, -margin, 0, canvas.width * coarseness, canvas.height * coarseness)
      context.globalCompositeOperation = 'source-over'
    },
  }
}

interface Drawing {
  stage: Stage
  noise: Noise
  ray: Canvas
  curtain: Curtain
  seconds: number
}

function drawCurtain(context: SKRSContext2D, { stage, noise, ray, curtain, seconds }: Drawing) {
  const { width, margin, unit } = stage
  const { base, swing, pace, strength, offset } = curtain
  const spacing = unit / raysPerUnit
  for (let x = -margin; x < width + margin; x += spacing) {
    const along = x / unit
    const wave = noise(along * 1.1 + offset, seconds * pace)
    const fold = noise(along * 3.1 + offset, 9 + seconds * pace * 2.2)
    const pulse = 0.5 + noise(along * 5.3 + seconds * 0.25, offset + 3 + seconds * 0.3) * 0.75
    const presence = 0.6 + noise(along * 0.7 - seconds * 0.05, offset + 20) * 0.9
    const light = strength * pulse * Math.max(0, presence)
    if (light <= 0.004) continue
    const y = base + (wave * swing + fold * 0.03) * unit
    const rise = unit * (0.3 + fold * 0.1)
    context.globalAlpha = Math.min(1, light)
    context.drawImage(ray, x + fold * spacing * 2, y - rise, spacing * 3.2, rise * 1.18)
  }
}

/** One ray: bright at its foot, fading upwards, soft at its sides. */
function paintRay(low: Color, high: Color) {
  const canvas = createCanvas(16, 128)
  const context = canvas.getContext('2d')
  const fill = context.createLinearGradient(0, 0, 0, canvas.height)
  fill.addColorStop(0, cssOf(high, 0))
  fill.addColorStop(0.4, cssOf(mixColors(high, low, 0.35), 0.35))
  fill.addColorStop(0.82, cssOf(low, 0.95))
  fill.addColorStop(1, cssOf(low, 0))
  context.fillStyle = fill
  context.fillRect(0, 0, canvas.width, canvas.height)
  const sides = context.createLinearGradient(0, 0, canvas.width, 0)
  sides.addColorStop(0, 'rgba(0,0,0,0)')
  sides.addColorStop(0.5, 'rgba(0,0,0,1)')
  sides.addColorStop(1, 'rgba(0,0,0,0)')
  context.globalCompositeOperation = 'destination-in'
  context.fillStyle = sides
  context.fillRect(0, 0, canvas.width, canvas.height)
  return canvas
}
