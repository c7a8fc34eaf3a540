import type { SKRSContext2D } from '@napi-rs/canvas'
import type { Palette } from '../grammar/palette.ts'
import type { SceneElement, ScenePlan } from '../grammar/scene-plan.ts'
import { createRandom, type Random } from '../random.ts'

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

/** The frame and the light that every layer of a film shares. Lengths are pixels of the frame. */
export interface Stage {
  width: number
  height: number
  /** The shorter side: what sizes are measured by, so that a scene works in every format. */
  unit: number
  /** Where the sky ends. */
  horizon: number
  /** How far a sheet must reach beyond the frame on each side, for the camera's way. */
  margin: number
  /** The sun, or at night the moon. */
  sun: { x: number; y: number; radius: number }
  palette: Palette
  plan: ScenePlan
  durationSeconds: number
  /** Space and nothing earthly: no horizon, no sky of air. */
  isDeepSpace: boolean
  has(element: SceneElement): boolean
  /** A source of numbers of its own for every name. */
  randomFor(name: string): Random
}

export interface StageOptions {
  width: number
  height: number
  durationSeconds: number
  plan: ScenePlan
  palette: Palette
}

/** Sets the stage: chooses the horizon by what stands on it and puts the sun into the sky. */
export function createStage(options: StageOptions): Stage {
  const { width, height, plan } = options
  const unit = Math.min(width, height)
  const has = (element: SceneElement) => plan.elements.includes(element)
  const randomFor = (name: string) => createRandom(plan.key, name)
  const horizon = Math.round(height * horizonShare(has))
  return {
    ...options,
    unit,
    horizon,
    margin: Math.ceil(unit * 0.24),
    sun: placeSun(options, { unit, horizon, rise: riseOf(has) }, randomFor('sun')),
    isDeepSpace: has('space') && !grounds.some(has),
    has,
    randomFor,
  }
}

const grounds: SceneElement[] = ['mountains', 'desert', 'ocean', 'city', 'forest']

function horizonShare(has: Stage['has']) {
  if (has('ocean')) return 0.56
  if (has('city')) return 0.72
  if (has('desert')) return 0.58
  if (has('forest')) return 0.74
  return 0.72
}

/** How high a low sun stands, so that it looks over what rises at the horizon; in shorter sides. */
function riseOf(has: Stage['has']) {
  if (has('mountains')) return 0.4
  if (has('city')) return 0.33
  if (has('forest')) return 0.27
  return 0.12
}

function placeSun(
  { width, plan }: StageOptions,
  { unit, horizon, rise }: { unit: number; horizon: number; rise: number },
  random: Random,
) {
  const side = random() < 0.5 ? 0.36 : 0.64
  const x = width * (side + (random() - 0.5) * 0.16)
  const isLow = plan.time === 'dawn' || plan.time === 'sunset'
  const y = isLow
    ? horizon - unit * (rise + random() * 0.06)
    : Math.max(unit * 0.16, horizon * (0.26 + random() * 0.1))
  return { x, y, radius: unit * (isLow ? 0.052 : plan.time === 'night' ? 0.042 : 0.04) }
}
