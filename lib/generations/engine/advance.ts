import { log } from '../../log.ts'
import { findGeneration } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import { isFinalState } from '../states.ts'
import { crashDelayMs } from '../steps/backoff.ts'
import { checkProvider } from '../steps/check.ts'
import { awaitInputs, wakeWaitingFor } from '../steps/await-inputs.ts'
import { cancel, purge } from '../steps/end-job.ts'
import { findJob } from '../steps/find-job.ts'
import { reopen } from '../steps/reopen.ts'
import { type StepFunction, type StepResult, idle } from '../steps/step.ts'
import { storeOutput } from '../steps/store-output.ts'
import { submit } from '../steps/submit.ts'
import { applyEvent } from '../store.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { trackInFlight } from './in-flight.ts'
import { type Lease, claim, keepLease } from './lease.ts'
import { retryWrite } from './retry-write.ts'

/** What a call of `advance` came to. */
export interface Advance {
  /** When to call again; null when nothing is left to do. */
  dueAt: Date | null
  /** False where another step is under way or its time has not come: that one sees to the next call. */
  stepped: boolean
  /** The row as it is now; undefined once it is gone. */
  row: GenerationRow | undefined
  /** True where it is due and its provider has no slot for it: the next free slot wakes it. */
  waitsForSlot: boolean
  /** The provider whose queue can go on: a slot is free, or the first of it waits. */
  freed: string | null
}

/**
 * Takes a generation exactly one step further, and commits it. Safe to call twice, from two processes, at any time; a
 * crash at any point leaves a row from which the next call goes on. Drivers decide only when to call.
 *
 * @param options.force take the step although its time has not come ("Check now", a webhook).
 * @param options.mayStore false leaves bytes to bring and store to another caller, at once.
 */
export async function advance(
  generationId: string,
  deps: GenerationDeps = productionDeps(),
  { force = false, mayStore = true }: { force?: boolean; mayStore?: boolean } = {},
): Promise<Advance> {
  const lease = await claim(generationId, deps, force)
  return lease
    ? trackInFlight(takeStep(lease, deps, mayStore))
    : standing(await findGeneration(generationId))
}

async function takeStep(lease: Lease, deps: GenerationDeps, mayStore: boolean): Promise<Advance> {
  const { row, leaseId } = lease
  const kept = keepLease(lease, deps)
  try {
    const step = stepOf(row)
    const isLeft = step === storeOutput && !mayStore
    const result = isLeft ? idle(kept.work, deps.now()) : await step(kept.work)
    return await commit(lease, result, deps)
  } catch (error) {
    // A bug or a lost database: nothing is known to have changed, so the same step is due again, later each time.
    log().error({ err: error, fileId: row.id, state: row.state }, 'a step failed')
    const crashed = { type: 'step_crashed', leaseId, retryMs: crashDelayMs(row.failures) } as const
    const back = await applyEvent(row.id, crashed, deps.databaseClock)
    return { ...standing(back), stepped: true }
  } finally {
    kept.stop()
  }
}

const nothing = { dueAt: null, stepped: false, row: undefined, waitsForSlot: false, freed: null }

function standing(row: GenerationRow | undefined): Advance {
  return { ...nothing, dueAt: isOver(row) ? null : row!.dueAt, row }
}

function isOver(row: GenerationRow | undefined) {
  return !row || (isFinalState(row.state) && !row.deletedAt) || row.parkedAt !== null
}

const cancelableStates: ReadonlySet<string> = new Set(['queued', 'waiting', 'submit_unknown'])

function stepOf(row: GenerationRow): StepFunction {
  if (row.deletedAt) return purge
  if (row.cancelRequestedAt && cancelableStates.has(row.state)) return cancel
  switch (row.state) {
    case 'queued':
      return row.waitsFor ? awaitInputs : submit
    case 'submitting':
    case 'submit_unknown':
      return findJob
    case 'waiting':
      return checkProvider
    case 'storing':
      return storeOutput
    case 'failed':
      return reopen
    default:
      throw new Error(`generation ${row.id}: no step leads on from ${row.state}`)
  }
}

async function commit(lease: Lease, result: StepResult, deps: GenerationDeps): Promise<Advance> {
  const { row } = lease
  const { event, afterwards } = result
  // What became of a paid submit is known here and nowhere else.
  const until = 'idempotencyKey' in event ? deps.submitSignal : undefined
  const changed = await retryWrite(() => applyEvent(row.id, event, deps.databaseClock), until)
  if (!changed) return lostLease(row)
  await afterwards?.().catch(onlyLogged)
  const hasEnded = event.type === 'removed' || isFinalState(changed.state)
  if (hasEnded) await wakeWaitingFor(row.id, deps).catch(onlyLogged)
  if (event.type === 'removed') return { ...nothing, stepped: true, freed: row.provider }
  const dueAt = isOver(changed) ? null : changed.dueAt
  const isWantedAway = changed.cancelRequestedAt !== null || changed.deletedAt !== null
  const waitsForSlot =
    event.type === 'step_idle' && changed.state === 'queued' && !changed.waitsFor && !isWantedAway
  return { dueAt, stepped: true, row: changed, waitsForSlot, freed: freedBy(row, changed) }
}

/** What is a hint to others is found by them without it. */
function onlyLogged(error: unknown) {
  log().warn({ err: error }, 'afterwards')
}

/** Lease lost: another step has continued. Its writes stay, the result of this one is discarded. */
async function lostLease(row: GenerationRow) {
  log().warn({ fileId: row.id, state: row.state }, 'lease lost: result discarded')
  return standing(await findGeneration(row.id))
}

/** A slot that was held, or could have been: one that was submitted may have lost it again within the step. */
function freedBy(before: GenerationRow, after: GenerationRow) {
  const had = before.slotUntil !== null || before.state === 'queued'
  return had && after.slotUntil === null ? before.provider : null
}
