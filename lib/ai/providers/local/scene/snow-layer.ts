import { mixColors } from '../color.ts'
import { paintGlow } from './glow.ts'
import { shiftAt } from './depth.ts'
import type { Layer } from './layer.ts'
import type { Stage } from './stage.ts'

interface Flake {
  x: number
  y: number
  depth: number
  size: number
  phase: number
  sway: number
}

/** Snow: small flakes far away, soft blurred ones before the lens, all of them swaying down. */
export function createSnowLayer(stage: Stage): Layer {
  const { width, height, unit, palette } = stage
  const random = stage.randomFor('snow')
  const count = Math.round(((width * height) / (unit * unit)) * 230)
  const flakes = Array.from({ length: count }, (): Flake => {
    const depth = random() ** 2.6
    return {
      x: random(),
      y: random(),
      depth,
      size: unit * (0.0035 + depth * 0.02),
      phase: random() * Math.PI * 2,
      sway: 0.4 + random() * 0.9,
    }
  })
  const white = mixColors({ l: 1, a: 0, b: 0 }, palette.upper, palette.darkness * 0.18)
  const soft = paintGlow(white, Math.max(6, unit * 0.016), 1, 1.4)
  return {
    draw(context, { camera, seconds }) {
      context.resetTransform()
      for (const flake of flakes) {
        const speed = (0.05 + flake.depth * 0.2) * unit
        const span = height + flake.size * 2
        const y = ((flake.y * span + seconds * speed) % span) - flake.size
        const drift =
          Math.sin(seconds * flake.sway + flake.phase) * unit * (0.006 + flake.depth * 0.02)
        const wide = width + unit * 0.2
        const way =
          flake.x * wide + drift + seconds * speed * 0.25 + shiftAt(stage, camera, flake.depth)
        const x = (((way % wide) + wide) % wide) - unit * 0.1
        context.globalAlpha = 0.85 - flake.depth * 0.45
        context.drawImage(soft, x - flake.size / 2, y, flake.size, flake.size)
      }
      context.globalAlpha = 1
    },
  }
}
