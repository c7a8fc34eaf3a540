import { createCanvas } from '@napi-rs/canvas'
import type { Layer } from './layer.ts'
import type { Stage } from './stage.ts'

/** A little less light towards the corners: it holds the eye in the picture. */
export function createVignetteLayer({ width, height }: Stage): Layer {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const [x, y] = [canvas.width / 2, canvas.height / 2]
  const reach = Math.hypot(x, y)
  const fill = context.createRadialGradient(x, y, reach * 0.55, x, y, reach)
  fill.addColorStop(0, 'rgba(0,0,8,0)')
  fill.addColorStop(0.5, 'rgba(0,0,8,0.08)')
  fill.addColorStop(1, 'rgba(0,0,8,0.32)')
  context.fillStyle = fill
  context.fillRect(0, 0, canvas.width, canvas.height)
  return {
    draw(target) {
      target.resetTransform()
      target.drawImage(canvas, 0, 0)
    },
  }
}
