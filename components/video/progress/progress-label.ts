import type { FileView } from '#lib/contract/file-view'
import { type MessageRef, message } from '#lib/messages/message'
import type { ProgressEstimate } from './progress-estimate.ts'

/** "43% reported", "43% estimated"; null while it is unknown. */
export function progressLabel({ percent, source }: ProgressEstimate): MessageRef | null {
  if (percent === null) return null
  const key = source === 'reported' ? 'card.progress.reported' : 'card.progress.estimated'
  return message(key, { percent: Math.floor(percent) })
}

/** The same, with the number of runs an estimate is made from: "43%, estimated from 12 runs". */
export function progressInFull(estimate: ProgressEstimate, expected: FileView['expected']) {
  const { percent, source } = estimate
  if (percent === null || source === 'reported' || !expected?.runs)
    return progressLabel(estimate) ?? message('card.unknown')
  const { runs } = expected
  return message('card.progress.fromRuns', { percent: Math.floor(percent), runs })
}

/** "Usually 41 s, 9 in 10 within 1 min 10 s, estimated from 12 runs". */
export function expectedLabel(expected: FileView['expected']): MessageRef {
  if (!expected) return message('card.expected.unknown')
  const { seconds, p90Seconds, runs } = expected
  const span = { seconds }
  if (!runs) return message('card.expected.usual', { span })
  if (p90Seconds === null) return message('card.expected.fromRuns', { span, runs })
  return message('card.expected.most', { span, most: { seconds: p90Seconds }, runs })
}
