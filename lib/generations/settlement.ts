import type { AttemptOutcome } from '#lib/contract/file-view'
import type { GenerationAttempt } from './row.ts'

// What things cost is decided in this file, for `transition` alone. Micro-dollars; null is "not known".

/** How the job of an attempt came to its end, as far as it matters for the bill. */
export type JobEnd =
  /** Proven: no job was made. */
  | { kind: 'no_job' }
  /** The provider made it; `reportedMicros` is what it says it charged. */
  | { kind: 'made'; reportedMicros?: number | undefined }
  /** The provider failed with it; only its own report tells the cost. */
  | { kind: 'failed'; reportedMicros?: number | undefined }
  /** The provider has stopped it at our wish, and charges nothing. */
  | { kind: 'stopped' }
  /** Given up here while the provider goes on with it, and bills it. */
  | { kind: 'unstoppable' }
  /** Nothing is known of a job. */
  | { kind: 'unknown' }

export interface Settled {
  outcome: AttemptOutcome
  costMicros: number | null
}

/** An attempt as its bill needs it: its price, and what has become of it so far. */
type Billed = Pick<GenerationAttempt, 'priceMicros'> &
  Partial<Pick<GenerationAttempt, 'outcome' | 'costMicros'>>

/**
 * What became of an attempt, and what it cost. Zero only by the provider's word or the proof that no job was made. The
 * bill of a job that was done stays until the provider reports another.
 */
export function settleAttempt(attempt: Billed, end: JobEnd): Settled {
  const { priceMicros, costMicros } = attempt
  const outcome = outcomes[end.kind]
  if (end.kind === 'no_job' || end.kind === 'stopped') return { outcome, costMicros: 0 }
  const reported = 'reportedMicros' in end ? believed(end.reportedMicros) : undefined
  const known = reported ?? (attempt.outcome === 'completed' ? costMicros : undefined)
  const isPaid = end.kind === 'made' || end.kind === 'unstoppable'
  return { outcome, costMicros: known ?? (isPaid ? priceMicros : freeOrUnknown(priceMicros)) }
}

// A million dollars: no job costs that.
const mostMicros = 1e12

/** What a provider says a job cost, where it can be that; a figure that is none says nothing, and stops no settlement. */
export function believed(reportedMicros: number | undefined) {
  const isCost = Number.isInteger(reportedMicros) && reportedMicros! >= 0
  return isCost && reportedMicros! <= mostMicros ? reportedMicros : undefined
}

const outcomes: Record<JobEnd['kind'], AttemptOutcome> = {
  no_job: 'refused',
  made: 'completed',
  failed: 'failed',
  stopped: 'canceled',
  unstoppable: 'canceled',
  unknown: 'unknown',
}

/** What costs nothing in any case is known to have cost nothing. */
function freeOrUnknown(priceMicros: number) {
  return priceMicros === 0 ? 0 : null
}

type Priced = Pick<GenerationAttempt, 'costMicros'>

/** What a generation cost: the sum of its attempts; null while what one of them cost is not known. */
export function costOfAttempts(attempts: readonly Priced[]): number | null {
  if (attempts.some(({ costMicros }) => costMicros === null)) return null
  return attempts.reduce((sum, { costMicros }) => sum + costMicros!, 0)
}
