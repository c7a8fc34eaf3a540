import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Camera } from './layer.ts'
import type { Stage } from './stage.ts'

/**
 * Sets the transform for things at a depth, 0 at infinity and 1 right here: from then on the frame's own pixels are
 * drawn in, and the camera's way is in the transform. The horizon stays where it is at every depth.
 */
export function enterDepth(context: SKRSContext2D, stage: Stage, camera: Camera, depth: number) {
  // What is infinitely far does not grow when we walk towards it, and a plain shift is eight times as fast to draw.
  const scale = 1 + (camera.zoom - 1) * depth
  const shift = shiftAt(stage, camera, depth)
  const focusX = stage.width / 2
  const focusY = stage.horizon
  context.setTransform(
    scale,
    0,
    0,
    scale,
    focusX * (1 - scale) + shift * scale,
    focusY * (1 - scale),
  )
}

/** How far the camera moves things at a depth to the side, in pixels. */
export function shiftAt(stage: Stage, camera: Camera, depth: number) {
  return -(depth - camera.pivot) * camera.x * stage.unit
}
