import type { DeliveryChannel, FileView, GenerationState } from '#lib/contract/file-view'
import { formatOrdinal, formatUsd } from './format-figures.ts'
import { formatSpan, secondsBetween } from './format-time.ts'

const stateWords: Record<GenerationState, string> = {
  queued: 'Waiting to start',
  submitting: 'Starting',
  waiting: 'Rendering',
  storing: 'Saving',
  submit_unknown: 'The provider did not answer; checking',
  completed: 'Ready',
  failed: 'Failed',
  canceled: 'Canceled',
}

const channelWords: Record<DeliveryChannel, string> = {
  sse: 'stream',
  poll: 'poll',
  check: 'check',
}

/** Where a video is, in a few words: "2nd in line", "Rendering", "Ready in 41 s". */
export function statusWords(view: FileView) {
  if (view.state === 'queued' && view.queuePlace)
    return view.queuePlace === 1 ? 'Next in line' : `${formatOrdinal(view.queuePlace)} in line`
  if (view.state === 'completed' && view.finishedAt)
    return `Ready in ${formatSpan(secondsBetween(view.startedAt ?? view.createdAt, view.finishedAt))}`
  return stateWords[view.state]
}

/** "Delivered by stream, 0.2 s", or null where nobody has said. */
export function deliveryWords({ deliveredBy, deliveredAfterMs }: FileView) {
  if (!deliveredBy) return null
  const after = deliveredAfterMs === null ? '' : `, ${formatSpan(deliveredAfterMs / 1000)}`
  return `Delivered by ${channelWords[deliveredBy]}${after}`
}

/** "Free", "Charged $0.40, as quoted", "Charged $0.42, quoted $0.40". */
export function costWords({ cost: { estimatedUsd, actualUsd } }: FileView) {
  if (!estimatedUsd && !actualUsd) return 'Free'
  if (actualUsd === null) return `Quoted ${formatUsd(estimatedUsd)}`
  const quote = actualUsd === estimatedUsd ? 'as quoted' : `quoted ${formatUsd(estimatedUsd)}`
  return `Charged ${formatUsd(actualUsd)}, ${quote}`
}

/** What stopping it costs, said before the click. */
export function cancelWords({ cost: { estimatedUsd } }: FileView) {
  if (!estimatedUsd) return 'Canceling costs nothing.'
  return `Canceling may still cost ${formatUsd(estimatedUsd)}: the provider decides.`
}
