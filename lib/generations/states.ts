import type { AttemptOutcome, FileStatus, GenerationState } from '#lib/contract/file-view'

/** Where a generation may go from where it is; `states.md` draws it. What is absent never happens. */
export const nextStates: Record<GenerationState, readonly GenerationState[]> = {
  // To a job at once where an earlier submit turns out to have made one: nothing is submitted again.
  // To an unknown outcome where the row was restored: the original may have been submitted since the backup.
  queued: ['submitting', 'submit_unknown', 'waiting', 'storing', 'canceled', 'failed'],
  submitting: ['waiting', 'storing', 'queued', 'submit_unknown', 'failed'],
  submit_unknown: ['waiting', 'storing', 'queued', 'failed', 'canceled'],
  waiting: ['storing', 'failed', 'canceled'],
  // Back to waiting where the bytes were gone before they were ours: the provider is asked for them again.
  storing: ['completed', 'waiting', 'failed'],
  completed: [],
  // A timeout of ours is not a failure of theirs: a late success is delivered.
  failed: ['storing', 'waiting'],
  canceled: [],
}

const statusOf: Record<GenerationState, FileStatus> = {
  queued: 'pending',
  submitting: 'processing',
  submit_unknown: 'processing',
  waiting: 'processing',
  storing: 'processing',
  completed: 'completed',
  failed: 'failed',
  canceled: 'canceled',
}

export function statusOfState(state: GenerationState) {
  return statusOf[state]
}

export const finalStates = ['completed', 'failed', 'canceled'] as const

export function isFinalState(state: GenerationState) {
  return (finalStates as readonly GenerationState[]).includes(state)
}

/** States in which a provider is, or may be, working for us: it may charge for the job already. */
export function mayBeBilled(state: GenerationState) {
  return state === 'submitting' || state === 'waiting' || state === 'submit_unknown'
}

/** Whether an attempt may have a job that is not over, which its generation may have gone on without. */
export function isOpenAttempt({ outcome }: { outcome: AttemptOutcome }) {
  return outcome === 'unknown' || outcome === 'accepted'
}

/** A failed generation with a job of its own, or an attempt that may have one: a late success is delivered. */
export function mayStillSucceed(row: {
  state: GenerationState
  operation: unknown
  attempts: { outcome: AttemptOutcome }[]
}) {
  return row.state === 'failed' && (row.operation !== null || row.attempts.some(isOpenAttempt))
}
