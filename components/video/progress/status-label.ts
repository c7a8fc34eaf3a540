import { formatOrdinal, formatSpan, formatUsd, secondsBetween } from '#components/ui/format.ts'
import {
  type DeliveryChannel,
  type FileView,
  type GenerationState,
  farthestQueuePlace,
  isFinal,
} from '#lib/contract/file-view'

const stateLabels: Record<GenerationState, string> = {
  queued: 'Waiting to start',
  submitting: 'Starting',
  waiting: 'Rendering',
  storing: 'Saving',
  submit_unknown: 'The provider did not answer',
  completed: 'Ready',
  failed: 'Failed',
  canceled: 'Canceled',
}

const channelLabels: Record<DeliveryChannel, string> = {
  sse: 'stream',
  poll: 'poll',
  check: 'check',
}

/** Where a video is, in a few words: "2nd in line", "Rendering at Kie.ai", "Ready in 41 s". */
export function statusLabel(view: FileView) {
  if (view.state === 'queued' && view.queuePlace) return queueLabel(view.queuePlace)
  if (view.state === 'completed' && view.finishedAt)
    return `Ready in ${formatSpan(secondsBetween(view.startedAt ?? view.createdAt, view.finishedAt))}`
  if (view.state === 'waiting' && !view.isDemo && view.providerLabel)
    return `Rendering at ${view.providerLabel}`
  return stateLabels[view.state]
}

function queueLabel(place: number) {
  if (place === 1) return 'Next in line'
  return place < farthestQueuePlace
    ? `${formatOrdinal(place)} in line`
    : `Over ${farthestQueuePlace - 1} ahead in line`
}

/** "Delivered by stream, 0.2 s", or null where the channel is unknown. */
export function deliveryLabel({ deliveredBy, deliveredAfterMs }: FileView) {
  if (!deliveredBy) return null
  const after = deliveredAfterMs === null ? '' : `, ${formatSpan(deliveredAfterMs / 1000)}`
  return `Delivered by ${channelLabels[deliveredBy]}${after}`
}

/**
 * "Free", "Charged $0.40, as quoted", "Charged $1.20, quoted up to $1.20", and "About $0.40 (catalogue price)" where
 * the provider did not report its charge.
 */
export function costLabel(view: FileView) {
  const { estimatedUsd, upToUsd, actualUsd, isReported } = view.cost
  if (!estimatedUsd && !actualUsd) return 'Free'
  if (actualUsd === null)
    return isFinal(view) ? unknownCostLabel(view) : `Quoted ${formatUsd(estimatedUsd)}`
  if (actualUsd === 0) return `Not charged, quoted ${formatUsd(estimatedUsd)}`
  if (!isReported) return `About ${formatUsd(actualUsd)} (catalogue price)`
  if (actualUsd === estimatedUsd) return `Charged ${formatUsd(actualUsd)}, as quoted`
  const quote = upToUsd > estimatedUsd ? `up to ${formatUsd(upToUsd)}` : formatUsd(estimatedUsd)
  return `Charged ${formatUsd(actualUsd)}, quoted ${quote}`
}

/** What is known of the cost of a video one of whose attempts may also have been charged. */
function unknownCostLabel({ attempts }: FileView) {
  const known = attempts.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
  return known > 0
    ? `At least ${formatUsd(known)}; an earlier attempt may have been charged too`
    : 'Cost unknown; it may have been charged'
}

/**
 * The provider's or server's message about a video: the current step, why it waits, a note on the result. Null where
 * the status label already says it.
 */
export function statusMessage(view: FileView) {
  const { message, status, state, canCancel } = view
  if (!message || message === statusLabel(view)) return null
  if (status === 'failed' || status === 'canceled') return null
  const isRefused = state === 'queued' && canCancel
  return isRefused ? `${message} Tried again by itself.` : message
}
