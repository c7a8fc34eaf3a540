import type { FileView } from '#lib/contract/file-view'
import { type SignOfLife, withSeenDelivery } from '#components/video/progress/signal-lanes'

/**
 * The view with the channel that delivered it, where it was followed here while it was made. One that was ready long
 * before the chat was opened was delivered by nobody here.
 */
export function seenHere(view: FileView, signs: readonly SignOfLife[]): FileView {
  const finishedAtMs = view.finishedAt ? Date.parse(view.finishedAt) : 0
  return signs.some(({ at }) => at < finishedAtMs) ? withSeenDelivery(view, signs) : view
}
