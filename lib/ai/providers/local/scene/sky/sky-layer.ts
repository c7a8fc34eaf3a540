import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { type Color, cssOf, mixColors, rgbOf, scaleColor } from '../../color.ts'
import { enterDepth, shiftAt } from '../camera.ts'
import { createNoise, fractal } from '../paint/noise.ts'
import { clamp01, paintGlow, paintPixels, rampBetween } from '../paint/pixels.ts'
import type { Layer, Stage } from '../stage.ts'

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
      // Whole pixels: a gradient that moves by one looks smooth, and the copy is eight times as fast.
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
