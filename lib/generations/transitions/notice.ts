import type { NoticeKind } from '#lib/contract/people/notices'
import type { GenerationRow } from '../row.ts'
import type { Change, Told } from './change.ts'

/** So many look-ups in a row that found no job: from then on it is the user who decides. */
const looksBeforeDecision = 3

/**
 * Decides whether a change is told to the user, and as what. What the user did is not told: a cancel, a deletion, and
 * what becomes of a video afterwards that was to be canceled, unless it was made after all.
 */
export function noticeOf(row: GenerationRow, change: Change): Told | undefined {
  if (row.deletedAt || change.patch.deletedAt || change.remove) return undefined
  const kind = kindOf(row, change.patch)
  if (!kind || (kind !== 'video.completed' && row.cancelRequestedAt)) return undefined
  return { kind, key: keyOf(row, change, kind) }
}

function kindOf(row: GenerationRow, patch: Change['patch']): NoticeKind | undefined {
  const { state = row.state, isDelayed, checks = row.checks } = patch
  if (state !== row.state && state === 'completed') return 'video.completed'
  if (state !== row.state && state === 'failed') return 'video.failed'
  if (state === 'waiting' && isDelayed && !row.isDelayed) return 'video.delayed'
  const isUnknown = state === 'submit_unknown' && row.state === state
  const isTurn = row.checks < looksBeforeDecision && checks >= looksBeforeDecision
  return isUnknown && isTurn ? 'video.decision' : undefined
}

/**
 * Delayed and completed are told once a generation. It can fail, or need a decision, once more after "Try again": then
 * it has an attempt more, and the key its number.
 */
function keyOf({ id, attempts }: GenerationRow, { newAttempt }: Change, kind: NoticeKind) {
  const number = attempts.length + (newAttempt ? 1 : 0)
  const isOnce = kind === 'video.completed' || kind === 'video.delayed'
  return isOnce || number <= 1 ? `${id}:${kind}` : `${id}:${kind}:${number}`
}
