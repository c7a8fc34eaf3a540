import type { Provider, ProviderContext } from '../../ai/providers/provider.ts'
import type { GenerationDeps } from '../engine/deps.ts'
import type { GenerationEvent } from '../events.ts'
import type { GenerationRow } from '../row.ts'

/** What a step is given: the row as it was claimed, its provider, and what to work with. */
export interface StepWork {
  row: GenerationRow
  leaseId: string
  provider: Provider
  deps: GenerationDeps
  /** Aborted when the step's time is up, the lease is lost or the process ends. */
  signal: AbortSignal
  /** What a call for an attempt is made with; by default with the signal of the step. */
  contextFor(idempotencyKey: string, signal?: AbortSignal): ProviderContext
}

/** What a step found: the event that happened, and what is to be done once that is written. */
export interface StepResult {
  event: GenerationEvent
  afterwards?: () => Promise<void>
}

/**
 * One step of a generation. Safe to take twice, from two processes, at any time: it changes nothing itself but by the
 * event it answers.
 */
export type StepFunction = (work: StepWork) => Promise<StepResult>

/** The moment so many milliseconds after another. */
export function after(now: Date, ms: number) {
  return new Date(now.getTime() + ms)
}

/** Nothing is to be told; the next look is due then. */
export function idle({ leaseId }: StepWork, dueAt: Date): StepResult {
  return { event: { type: 'step_idle', leaseId, dueAt } }
}
