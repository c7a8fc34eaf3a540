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

/** The camera's position. Its path is short and eased; depth turns it into parallax. */
export interface Camera {
  /** To the side, in shorter sides of the frame; at depth 1 the picture shifts by as much. */
  x: number
  /** 1 or more: at depth 1 the picture is this many times larger. */
  zoom: number
  /** The depth that does not move while the camera moves to the side. */
  pivot: number
}

/** One layer of the film, drawn over those behind it. Everything costly happens at creation, not in `draw`. */
export interface Layer {
  draw(context: SKRSContext2D, moment: Moment): void
}

/** The frame and the light that every layer of a film shares. Lengths are pixels of the frame. */
export interface Stage {
  width: number
  height: number
  /** The shorter side. Sizes are multiples of it, so that a scene works in every format. */
  unit: number
  /** The row where the sky ends. */
  horizon: number
  /** How far a sheet must reach beyond the frame on each side, to cover the camera's path. */
  margin: number
  /** The sun, or at night the moon. */
  sun: { x: number; y: number; radius: number }
  palette: Palette
  plan: ScenePlan
  durationSeconds: number
  /** Space without a landscape: no horizon, no atmosphere. */
  isDeepSpace: boolean
  has(element: SceneElement): boolean
  /** An independent random source for each name. */
  randomFor(name: string): Random
}

export interface StageOptions {
  width: number
  height: number
  durationSeconds: number
  plan: ScenePlan
  palette: Palette
}

/** Chooses the horizon by the plan's elements and places the sun in the sky. */
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

/** Height of a low sun, in shorter sides, so that it clears what rises at the horizon. */
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
