import { smootherStep } from '../ease.ts'
import type { CameraMove } from '../grammar/scene-plan.ts'
import type { Camera } from './layer.ts'

/** How far a camera goes by itself, in shorter sides, and what each further second adds. */
const startingReach = 0.09
const reachPerSecond = 0.012

/**
 * The camera at a moment of a film of this length. Longer films go farther, so that the pace stays calm. Even a
 * static camera breathes a little; `direction` 1 or -1 says which way it goes.
 */
export function cameraAt(
  move: CameraMove,
  direction: number,
  seconds: number,
  durationSeconds: number,
): Camera {
  const progress = seconds / durationSeconds
  const reach = Math.min(0.2, startingReach + reachPerSecond * durationSeconds)
  // Half eased and half even: a film cut out of a longer movement, without a dead stop at its ends.
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
