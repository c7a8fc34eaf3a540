import type { FileView } from '#lib/contract/file-view'

const stepPercent = 25

/**
 * What a screen reader is told when a video moved on: queued, started, every quarter, ready, failed; undefined
 * where the change is not worth a word.
 */
export function announcementOf(before: FileView | undefined, view: FileView): string | undefined {
  const isNew = before?.id !== view.id
  if (!before || isNew) return openingOf(view)
  if (view.state === 'submit_unknown' && before.state !== view.state)
    return `${view.providerLabel} did not answer. Nobody knows whether it makes the video: decide what to do.`
  if (view.isDelayed && !before.isDelayed) return 'It takes longer than usual. It goes on.'
  if (before.status === view.status && quarterOf(before) === quarterOf(view)) return undefined
  if (view.status === 'completed') return 'Your video is ready.'
  if (view.status === 'failed') return `The video failed. ${view.error?.message ?? ''}`.trim()
  if (view.status === 'canceled') return 'Canceled.'
  // Between one attempt and the next it stands in line again: no news.
  const isRetried = view.attempts.length > 1 || before.status === 'processing'
  return isRetried && quarterOf(view) === 0 ? undefined : openingOf(view)
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
