import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { cssOf, mixColors, rgbOf, scaleColor } from '../color.ts'
import { rampBetween } from '../ease.ts'
import { createNoise, fractal } from '../noise.ts'
import { enterDepth } from './depth.ts'
import { paintGlow } from './glow.ts'
import type { Layer } from './layer.ts'
import { paintPixels } from './paint-pixels.ts'
import type { Stage } from './stage.ts'

/** The disc of the sun, or a moon with its seas, each with a close glow that breathes. */
export function createSunLayer(stage: Stage): Layer {
  const { sun, palette, plan } = stage
  const isMoon = plan.time === 'night'
  const glow = paintGlow(palette.glow, sun.radius * 5, isMoon ? 0.5 : 0.8, 2.6)
  const disc = paintDisc(stage, isMoon)
  return {
    draw(context, { camera, seconds }) {
      enterDepth(context, stage, camera, 0.01)
      const size = sun.radius * 10 * (1 + 0.015 * Math.sin(seconds * 0.9))
      context.globalCompositeOperation = 'screen'
      context.drawImage(glow, sun.x - size / 2, sun.y - size / 2, size, size)
      context.globalCompositeOperation = 'source-over'
      context.drawImage(disc, sun.x - disc.width / 2, sun.y - disc.height / 2)
    },
  }
}

function paintDisc(stage: Stage, isMoon: boolean): Canvas {
  const { sun, palette } = stage
  const size = Math.ceil(sun.radius * 2 + 4)
  const canvas = createCanvas(size, size)
  const context = canvas.getContext('2d')
  const center = size / 2
  const fill = context.createRadialGradient(center, center, 0, center, center, sun.radius)
  fill.addColorStop(0, cssOf(mixColors(palette.sun, { l: 1, a: 0, b: 0 }, 0.5)))
  fill.addColorStop(1, cssOf(palette.sun))
  context.fillStyle = fill
  context.beginPath()
  context.arc(center, center, sun.radius, 0, Math.PI * 2)
  context.fill()
  if (isMoon) paintSeas(stage, canvas)
  return canvas
}

function paintSeas({ sun, palette, randomFor }: Stage, canvas: Canvas) {
  const noise = createNoise(randomFor('moon'))
  const [red, green, blue] = rgbOf(scaleColor(palette.sun, 0.7))
  const seas = paintPixels(canvas.width, canvas.height, (pixel, x, y) => {
    const depth = fractal(noise, (x / sun.radius) * 1.3, (y / sun.radius) * 1.3, 4)
    pixel[0] = red
    pixel[1] = green
    pixel[2] = blue
    pixel[3] = 255 * 0.5 * rampBetween(-0.08, 0.3, depth)
  })
  const context = canvas.getContext('2d')
  context.globalCompositeOperation = 'source-atop'
  context.drawImage(seas, 0, 0)
}
