import type { SKRSContext2D } from '@napi-rs/canvas'

/** One moment of a film. */
export interface Moment {
  /** Since the beginning. */
  seconds: number
  camera: Camera
}

/** Where the camera stands. Its way is small and eased; depth turns it into parallax. */
export interface Camera {
  /** To the side, in shorter sides of the frame; at depth 1 the picture shifts by as much. */
  x: number
  /** 1 or above: at depth 1 the picture is this much larger. */
  zoom: number
  /** The depth that stands still while the camera moves to the side. */
  pivot: number
}

/** One sheet of the film, drawn over what lies behind it. Everything costly is done when it is made, not here. */
export interface Layer {
  draw(context: SKRSContext2D, moment: Moment): void
}
