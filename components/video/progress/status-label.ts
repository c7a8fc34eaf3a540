import {
  type FileView,
  type GenerationState,
  farthestQueuePlace,
  isFinal,
} from '#lib/contract/file-view'
import type { WaitCode } from '#lib/contract/wait'
import { secondsBetween } from '#lib/messages/format'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'

/** Where a video is, in a few words: "2nd in line", "Rendering at Kie.ai", "Ready in 41 s". */
export function statusLabel(view: FileView): MessageRef {
  const { state, queuePlace, finishedAt, isDemo, providerLabel: provider } = view
  if (state === 'queued' && queuePlace) return queueLabel(queuePlace)
  if (state === 'completed' && finishedAt)
    return message('card.readyIn', {
      span: { seconds: secondsBetween(view.startedAt ?? view.createdAt, finishedAt) },
    })
  if (state === 'waiting' && !isDemo && provider) return message('card.renderingAt', { provider })
  return message(`card.state.${state}`)
}

function queueLabel(place: number) {
  if (place === 1) return message('card.queue.next')
  return place < farthestQueuePlace
    ? message('card.queue.place', { place })
    : message('card.queue.far', { count: farthestQueuePlace - 1 })
}

/** "Delivered by stream, 0.2 s", or null where the channel is unknown. */
export function deliveryLabel({ deliveredBy, deliveredAfterMs }: FileView): MessageRef | null {
  if (!deliveredBy) return null
  const channel = { channel: deliveredBy }
  if (deliveredAfterMs === null) return message('card.delivered', channel)
  return message('card.deliveredAfter', { ...channel, span: { seconds: deliveredAfterMs / 1000 } })
}

/**
 * "Free", "Charged $0.40, as quoted", "Charged $1.20, quoted up to $1.20", and "About $0.40 (catalogue price)" where
 * the provider did not report its charge.
 */
export function costLabel(view: FileView): MessageRef {
  const { estimatedUsd, upToUsd, actualUsd, isReported, chargedUsd } = view.cost
  if (!estimatedUsd && !actualUsd) return message('card.cost.free')
  const quoted = { price: { usd: estimatedUsd } }
  if (actualUsd === null && chargedUsd != null) return message('card.cost.notKnown')
  if (actualUsd === null)
    return isFinal(view) ? unknownCostLabel(view) : message('card.cost.quoted', quoted)
  if (actualUsd === 0) return message('card.cost.none', quoted)
  const price = { usd: actualUsd }
  const ownUsd = chargedUsd == null ? 0 : actualUsd - chargedUsd
  if (ownUsd > 0)
    return chargedUsd === 0
      ? message('card.cost.paidByStudio', { price })
      : message('card.cost.shared', { price, own: { usd: ownUsd } })
  if (!isReported) return message('card.cost.catalogue', { price })
  if (actualUsd === estimatedUsd) return message('card.cost.asQuoted', { price })
  return upToUsd > estimatedUsd
    ? message('card.cost.upTo', { price, quote: { usd: upToUsd } })
    : message('card.cost.other', { price, quote: { usd: estimatedUsd } })
}

/**
 * "$1.20 held", "Charged $0.40, returned $0.80", or null where nothing is held. What an older server does not tell is
 * undefined.
 */
export function paymentLabel(view: FileView): MessageRef | null {
  const { heldUsd, chargedUsd, returnedUsd } = view.cost
  if (!heldUsd) return null
  const held = { held: { usd: heldUsd } }
  if (chargedUsd === null)
    return message(isFinal(view) ? 'card.payment.kept' : 'card.payment.held', held)
  const [charged, returned] = [{ usd: chargedUsd }, { balanceUsd: returnedUsd ?? 0 }]
  if (chargedUsd === 0) return message('card.payment.returned', { returned })
  return returnedUsd
    ? message('card.payment.partly', { charged, returned })
    : message('card.payment.charged', { charged })
}

/** What is known of the cost of a video one of whose attempts may also have been charged. */
function unknownCostLabel({ attempts }: FileView) {
  const known = attempts.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
  return known > 0
    ? message('card.cost.atLeast', { price: { usd: known } })
    : message('card.cost.unknown')
}

/** Waits that the status label already tells. */
const toldByState: Partial<Record<GenerationState, WaitCode>> = { storing: 'saving' }

/** Waits in the queue that end with another try. */
const retriedWaits: ReadonlySet<WaitCode> = new Set(['retry', 'provider_cooldown', 'provider_off'])

/**
 * The provider's or server's message about a video: the current step, why it waits, a note on the result. Null where
 * the status label already says it.
 */
export function statusMessage(view: FileView): Sentence | null {
  const { status, state, wait, canCancel } = view
  const says = view.messageRef ?? view.message
  if (!says || status === 'failed' || status === 'canceled') return null
  if (wait && toldByState[state] === wait.code) return null
  const isRetried = state === 'queued' && canCancel && wait && retriedWaits.has(wait.code)
  return isRetried ? message('card.retrying', { says }) : says
}
