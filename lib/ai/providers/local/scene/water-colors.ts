import { mixColors, pixelOf } from '../color.ts'
import { clamp01, rampBetween } from '../ease.ts'
import { skyColorAt } from './sky-layer.ts'
import type { Stage } from './stage.ts'

/** Steps of the slope towards the viewer, and of the distance from the sun's track. */
export const slopeSteps = 64
export const trackSteps = 32

/**
 * The colour of water for every row, slope and distance from the sun's track: `[row][slope][track]`, 32-bit pixels.
 * With it a frame of water costs a look-up a pixel.
 */
export function waterColors(stage: Stage, rows: number, calm: number): Uint32Array {
  const { palette, plan, has } = stage
  const colors = new Uint32Array(rows * slopeSteps * trackSteps)
  const isNight = plan.time === 'night'
  const shine = (isNight ? 0.75 : plan.time === 'day' ? 0.7 : 1) * (has('rain') ? 0.25 : 1)
  const light = mixColors(palette.sun, palette.glow, isNight ? 0.35 : 0.3)
  let at = 0
  for (let row = 0; row < rows; row += 1) {
    const near = (row + 0.5) / rows
    const mirror = 0.88 - 0.62 * near ** 0.6
    const veil = 0.75 * (1 - rampBetween(0, 0.09, near))
    for (let step = 0; step < slopeSteps; step += 1) {
      const slope = (step / (slopeSteps - 1)) * 2 - 1
      // A face tilted towards us mirrors the sky higher up; one tilted away the horizon.
      const height = clamp01(0.06 + near * 0.35 + slope * (0.2 + 0.5 * near) * calm)
      const sky = skyColorAt(stage, 1 - height)
      const tilt = clamp01(mirror - slope * 0.3 * calm)
      const water = mixColors(mixColors(palette.water, sky, tilt), palette.horizon, veil)
      for (let track = 0; track < trackSteps; track += 1) {
        const aside = track / (trackSteps - 1)
        const path = Math.exp(-aside * aside * 9)
        const facing = rampBetween(0.62 - path * 0.75, 1.15 - path * 0.55, slope + 0.45)
        colors[at] = pixelOf(mixColors(water, light, clamp01(path * (0.16 + facing) * shine)))
        at += 1
      }
    }
  }
  return colors
}
