import type { FileView } from '#lib/contract/file-view'
import { formatTimecode } from '#components/ui/format.ts'
import {
  costLabel as costWords,
  deliveryLabel as deliveryWords,
  statusLabel as statusWords,
} from '#components/video/progress/status-label.ts'

/** A video that is over, in one line: how it ended, what it is, what it cost, how the word came. */
export function artifactWords(view: FileView) {
  if (view.status !== 'completed') return statusWords(view)
  const length = formatTimecode(view.durationSeconds ?? view.settings.duration)
  const parts = [statusWords(view), length, view.settings.aspectRatio, costWords(view)]
  return [...parts, deliveryWords(view)?.toLowerCase()].filter(Boolean).join(', ')
}
