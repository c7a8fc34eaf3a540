import type { FileView } from '#lib/contract/file-view'
import type { SignOfLife } from './signal-lanes.tsx'

/**
 * The view with the channel that delivered it, as seen here: the last sign of life of a finished video is the one
 * that brought it. What the server has on record goes first.
 */
export function withSeenDelivery(view: FileView, signs: readonly SignOfLife[]): FileView {
  const last = signs.at(-1)
  if (view.status !== 'completed' || view.deliveredBy || !last || !view.finishedAt) return view
  const deliveredAfterMs = Math.max(0, last.at - Date.parse(view.finishedAt))
  return { ...view, deliveredBy: last.via, deliveredAfterMs }
}
