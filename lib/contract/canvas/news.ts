import { hasFields } from '../problem.ts'

// Apart from the canvas itself, whose schemas no other page loads.

/** The event of the channel `canvas.<id>`: there is news; what it is, `GET ?since=` answers. */
export interface CanvasNews {
  object: 'canvas.news'
  canvasId: string
  /** 0 where something may have been missed. */
  version: number
}

export function isCanvasNews(value: unknown): value is CanvasNews {
  return (
    hasFields(value, { canvasId: 'string', version: 'number' }) &&
    (value as CanvasNews).object === 'canvas.news'
  )
}

/** Whether an id is a canvas's, and no file's. */
export function isCanvasId(id: string) {
  return /^canvas_[0-9a-z]{24}$/.test(id)
}
