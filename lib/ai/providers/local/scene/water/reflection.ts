import type { SKRSContext2D } from '@napi-rs/canvas'
import { shiftAt } from '../camera.ts'
import type { Sprite } from '../paint/sprite.ts'
import type { Moment, Stage } from '../stage.ts'

/** A sheet at the horizon behind the water, and its depth. */
export interface Mirrored {
  sprite: Sprite
  depth: number
}

/** Opacity right at the horizon, and the length of the mirrored picture as a share of the real one. */
const strength = 0.72
const stretch = 0.8

/**
 * Draws sheets upside down, in strips that sway more the nearer they are. Draws onto the water's coarse grid, one pixel
 * for `cell` frame pixels, before it is enlarged: a quarter of the work, and the blur suits a reflection.
 */
export function createReflection(stage: Stage, mirrored: Mirrored[], cell: number) {
  const { unit, horizon, height } = stage
  const tallest = Math.max(0, ...mirrored.map(({ sprite }) => horizon - sprite.y))
  const reach = Math.min(height - horizon, tallest * stretch)
  const strips = stripsOf(reach, cell, unit)
  return (context: SKRSContext2D, { camera, seconds }: Moment) => {
    for (const { sprite, depth } of mirrored) {
      const shift = shiftAt(stage, camera, depth)
      const { width } = sprite.canvas
      for (const { from, to } of strips) {
        const sway = (0.0012 + 0.014 * (from / unit)) * unit
        const x = sprite.x + shift + Math.sin((from / unit) * 190 - seconds * 3.4) * sway
        const slice = (to - from) / stretch
        const top = horizon - sprite.y - from / stretch - slice
        if (top < 0) continue
        context.globalAlpha = strength * (1 - from / reach) ** 1.3
        context.drawImage(
          sprite.canvas,
          0,
          top,
          width,
          slice,
          x / cell,
          from / cell,
          width / cell,
          (to - from) / cell,
        )
      }
    }
    context.globalAlpha = 1
  }
}

/** Thin strips at the horizon, thicker ones close by; whole cells, so that no seams show. */
function stripsOf(reach: number, cell: number, unit: number) {
  const strips: { from: number; to: number }[] = []
  for (let from = 0; from < reach;) {
    const cells = Math.max(1, Math.round((unit * 0.002 + from * 0.018) / cell))
    strips.push({ from, to: from + cells * cell })
    from += cells * cell
  }
  return strips
}
