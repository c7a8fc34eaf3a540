/** Everything a prompt can put into a film, farthest first. */
export const sceneElements = [
  'abstract',
  'space',
  'aurora',
  'clouds',
  'mountains',
  'desert',
  'ocean',
  'city',
  'forest',
  'fog',
  'rain',
  'snow',
] as const
export type SceneElement = (typeof sceneElements)[number]

export const timesOfDay = ['dawn', 'day', 'sunset', 'night'] as const
export type TimeOfDay = (typeof timesOfDay)[number]

export const cameraMoves = ['static', 'pan', 'zoom-in', 'zoom-out', 'orbit'] as const
export type CameraMove = (typeof cameraMoves)[number]

/** What a prompt means. Equal plans give equal films. */
export interface ScenePlan {
  /** In the order of `sceneElements`; never empty. */
  elements: SceneElement[]
  time: TimeOfDay
  camera: CameraMove
  /** Colours that tint the palette, `#rrggbb`, in the order of the prompt; at most three. */
  tints: string[]
  /** The seed of every random choice of the film. */
  key: string
}
