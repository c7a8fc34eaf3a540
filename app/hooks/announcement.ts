import type { FileView } from '#lib/contract/file-view'

const stepPercent = 25

/**
 * What a screen reader is told when a video moved on: queued, started, every quarter, ready, failed; undefined
 * where the change is not worth a word.
 */
export function announcementOf(before: FileView | undefined, view: FileView): string | undefined {
  const isNew = before?.id !== view.id
  if (!before || isNew) return openingOf(view)
  if (before.status === view.status && quarterOf(before) === quarterOf(view)) return undefined
  if (view.status === 'completed') return 'Your video is ready.'
  if (view.status === 'failed') return `The video failed. ${view.error?.message ?? ''}`.trim()
  if (view.status === 'canceled') return 'Canceled.'
  return openingOf(view)
}

/** An unfinished video that comes into sight; of a finished one there is nothing to tell. */
function openingOf(view: FileView): string | undefined {
  if (view.status === 'processing') {
    const quarter = quarterOf(view)
    return quarter > 0 ? `${quarter} percent done.` : 'Started.'
  }
  if (view.status !== 'pending') return undefined
  return view.queuePlace && view.queuePlace > 1
    ? `Queued, number ${view.queuePlace} in line.`
    : 'Queued.'
}

function quarterOf({ status, progress }: FileView) {
  if (status !== 'processing' || progress === null) return 0
  return Math.min(75, Math.floor(progress / stepPercent) * stepPercent)
}
