import type { AttemptOutcome } from '#lib/contract/file-view'
import type { GenerationAttempt, GenerationRow } from './row.ts'
import { isFinalState } from './states.ts'

// What a user pays for a video is decided in this file, by what became of its attempts. It speaks of costs, in
// micro-dollars; that the user pays their price, and never more than is held, is the ledger's part.

/** What becomes of the money that is held for a generation. */
export type Charge =
  /** It stays held. `isUncertain` where the video is over, and only its providers can tell what it cost. */
  | { kind: 'keep'; isUncertain: boolean }
  /** The user pays for so much; the rest goes back. `isUncertain` where more may have been billed than that. */
  | { kind: 'charge'; costMicros: number; isUncertain: boolean }

type Share =
  /** The user pays it. */
  | 'user'
  /** The user pays it for a video; for one that failed only what the provider itself says it has billed. */
  | 'user, or billed'
  /** The user does not pay it. */
  | 'installation'
  /** It cannot be told yet: nothing is settled. */
  | 'open'

/** Once a video is over, each of its attempts falls under one of these rules. */
const shares: Record<AttemptOutcome, { known: Share; unknown: Share }> = {
  // attempt       cost known                      cost not known
  refused: { known: 'user', unknown: 'open' },
  completed: { known: 'user, or billed', unknown: 'open' },
  // The provider's word that it bills a job it failed with; without its word, nothing.
  failed: { known: 'user', unknown: 'installation' },
  // Not stopped in time, or not known to have been.
  canceled: { known: 'user', unknown: 'open' },
  // A job that may still be going on; known is only that it is free.
  accepted: { known: 'user', unknown: 'open' },
  unknown: { known: 'user', unknown: 'open' },
  submitting: { known: 'open', unknown: 'open' },
}

export type Charged = Pick<
  GenerationAttempt,
  'idempotencyKey' | 'outcome' | 'priceMicros' | 'costMicros'
> &
  Partial<Pick<GenerationAttempt, 'errorCode'>>

type Video = Pick<GenerationRow, 'state' | 'attemptKey' | 'isCostReported'>

/**
 * What follows for the money of a generation with these attempts; `removed` where its row is gone. The same every time
 * it is asked, so that a change of it is what has to be settled.
 */
export function chargeOf(video: Video | 'removed', attempts: readonly Charged[]): Charge {
  if (video !== 'removed' && !isFinalState(video.state)) return { kind: 'keep', isUncertain: false }
  const bills = attempts.map((one) => billOf(one, video))
  if (bills.some(({ share }) => share === 'open')) return { kind: 'keep', isUncertain: true }
  const costs = bills.map(({ share, costMicros }) => (share === 'user' ? costMicros! : 0))
  return {
    kind: 'charge',
    costMicros: costs.reduce((sum, one) => sum + one, 0),
    isUncertain: bills.some(({ share, costMicros }) => share !== 'user' && costMicros !== 0),
  }
}

function billOf(
  { outcome, priceMicros, costMicros: cost, idempotencyKey, errorCode }: Charged,
  video: Video | 'removed',
) {
  // What is free in any case is known to be.
  const costMicros = cost ?? (priceMicros === 0 ? 0 : null)
  const share = shares[outcome][costMicros === null ? 'unknown' : 'known']
  if (share !== 'user, or billed') return { share, costMicros }
  // Of one that is gone, its attempt tells that its film was lost.
  if (video === 'removed')
    return { share: errorCode ? 'installation' : 'user', costMicros } as const
  const isFailed = video.state === 'failed'
  const isBilled = isFailed && video.isCostReported && video.attemptKey === idempotencyKey
  return { share: isFailed && !isBilled ? 'installation' : 'user', costMicros } as const
}
