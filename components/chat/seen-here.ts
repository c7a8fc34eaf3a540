import type { FileView } from '#lib/contract/file-view'
import { withSeenDelivery } from '../video/seen-delivery.ts'
import type { SignOfLife } from '../video/signal-lanes.tsx'

/**
 * The view with the channel that delivered it, where it was followed here while it was made. One that was ready long
 * before the chat was opened was delivered by nobody here.
 */
export function seenHere(view: FileView, signs: readonly SignOfLife[]): FileView {
  const finishedAtMs = view.finishedAt ? Date.parse(view.finishedAt) : 0
  return signs.some(({ at }) => at < finishedAtMs) ? withSeenDelivery(view, signs) : view
}
