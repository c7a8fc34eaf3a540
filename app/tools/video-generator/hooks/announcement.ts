import type { FileView } from '#lib/contract/file-view'

const stepPercent = 25

/**
 * What a screen reader is told when a video moved on: queued, started, every quarter, ready, failed; undefined
 * where the change is not worth a word.
 */
export function announcementOf(before: FileView | undefined, view: FileView): string | undefined {
  const quarter = quarterOf(view)
  const isNew = !before || before.id !== view.id
  if (!isNew && before.status === view.status && quarterOf(before) === quarter) return undefined
  switch (view.status) {
    case 'pending':
      return view.queuePlace && view.queuePlace > 1
        ? `Queued, number ${view.queuePlace} in line.`
        : 'Queued.'
    case 'processing':
      return quarter > 0 ? `${quarter} percent done.` : 'Started.'
    case 'completed':
      return isNew ? undefined : 'Your video is ready.'
    case 'failed':
      return isNew ? undefined : `The video failed. ${view.error?.message ?? ''}`.trim()
    case 'canceled':
      return isNew ? undefined : 'Canceled.'
  }
}

function quarterOf({ status, progress }: FileView) {
  if (status !== 'processing' || progress === null) return 0
  return Math.min(75, Math.floor(progress / stepPercent) * stepPercent)
}
