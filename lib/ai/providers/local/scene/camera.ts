import type { SKRSContext2D } from '@napi-rs/canvas'
import type { CameraMove } from '../grammar/scene-plan.ts'
import { smootherStep } from './paint/pixels.ts'
import type { Camera, Stage } from './stage.ts'

/** How far the camera moves in any film, in shorter sides, and what each second adds. */
const startingReach = 0.09
const reachPerSecond = 0.012

/**
 * The camera at a moment of a film of this length. Longer films move farther, at a calm pace. Even a static
 * camera sways a little; `direction` is 1 or -1.
 */
export function cameraAt(
  move: CameraMove,
  direction: number,
  seconds: number,
  durationSeconds: number,
): Camera {
  const progress = seconds / durationSeconds
  const reach = Math.min(0.2, startingReach + reachPerSecond * durationSeconds)
  // Half eased, half linear: the film looks cut from a longer move, without a dead stop at either end.
  const way = smootherStep(progress) * 0.5 + progress * 0.5
  const sideways = (way * 2 - 1) * reach * direction
  switch (move) {
    case 'pan':
      return { x: sideways, zoom: 1, pivot: 0 }
    case 'zoom-in':
      return { x: 0, zoom: 1 + reach * 1.6 * way, pivot: 0 }
    case 'zoom-out':
      return { x: 0, zoom: 1 + reach * 1.6 * (1 - way), pivot: 0 }
    case 'orbit':
      return { x: sideways, zoom: 1.02 + 0.03 * Math.cos((way * 2 - 1) * 1.4), pivot: 0.45 }
    default:
      return { x: Math.sin(seconds * 0.35) * 0.006, zoom: 1, pivot: 0 }
  }
}

/**
 * Sets the transform for things at a depth, 0 at infinity and 1 right here: from then on the frame's own pixels are
 * drawn in, and the camera's way is in the transform. The horizon stays where it is at every depth.
 */
export function enterDepth(context: SKRSContext2D, stage: Stage, camera: Camera, depth: number) {
  // At infinity nothing grows as the camera approaches, and a plain shift is eight times as fast to draw.
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

/** Horizontal shift in pixels of things at a depth. */
export function shiftAt(stage: Stage, camera: Camera, depth: number) {
  return -(depth - camera.pivot) * camera.x * stage.unit
}
