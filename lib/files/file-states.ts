import type { FileStatus, GenerationState } from '#lib/contract/file-view'

/** Where a file may go from where it is. What is absent never happens. */
export const transitions: Record<GenerationState, readonly GenerationState[]> = {
  // To a job at once where an earlier submit turns out to have made one: nothing is submitted again.
  queued: ['submitting', 'waiting', 'storing', 'canceled', 'failed'],
  submitting: ['waiting', 'storing', 'queued', 'submit_unknown', 'failed', 'canceled'],
  submit_unknown: ['waiting', 'storing', 'queued', 'failed', 'canceled'],
  waiting: ['storing', 'failed', 'canceled'],
  // Back to waiting where the bytes were gone before they were ours: the provider is asked for them again.
  storing: ['completed', 'waiting', 'failed'],
  completed: [],
  // A timeout of ours is not a failure of theirs: a late success is delivered.
  failed: ['storing', 'waiting'],
  canceled: [],
}

/** Whether a file may move; staying where it is (progress, a new message) is always allowed. */
export function canMove(from: GenerationState, to: GenerationState) {
  return from === to || transitions[from].includes(to)
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

/** States in which a provider is, or may be, working for us: they take one of its slots. */
export const slotStates = ['submitting', 'waiting', 'submit_unknown'] as const

/** States in which a provider may already charge for the job. */
export function mayBeBilled(state: GenerationState) {
  return (slotStates as readonly GenerationState[]).includes(state)
}

export const finalStates = ['completed', 'failed', 'canceled'] as const

export function isFinalState(state: GenerationState) {
  return (finalStates as readonly GenerationState[]).includes(state)
}
