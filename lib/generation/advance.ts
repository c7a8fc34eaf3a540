import { changeFileAndAttempt } from '../files/attempts.ts'
import { changeFile } from '../files/change-file.ts'
import type { FileRow } from '../files/file-row.ts'
import { isFinalState, slotStates } from '../files/file-states.ts'
import { findFile } from '../files/find-file.ts'
import { type Lease, claimFile, dueAt, releaseLease } from '../files/lease.ts'
import { removeFile } from '../files/remove-file.ts'
import { log } from '../log.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { insist } from './insist.ts'
import { keepLease } from './keep-lease.ts'
import { lateAnswer } from './late-answer.ts'
import { inHand } from './steps-in-hand.ts'
import { cancel } from './steps/cancel.ts'
import { checkProvider } from './steps/check-provider.ts'
import { purge } from './steps/purge.ts'
import { reopen } from './steps/reopen.ts'
import { resolveSubmit } from './steps/resolve-submit.ts'
import type { StepFunction, StepResult } from './steps/step.ts'
import { storeOutput } from './steps/store-output.ts'
import { submit } from './steps/submit.ts'

/** What a call of `advance` came to. */
export interface Advance {
  /** When to call again; null when nothing is left to do. */
  runAt: Date | null
  /** False where another has the file or its time has not come: whoever has it sees to the next call. */
  stepped: boolean
  /** The provider whose slot became free. */
  freed: string | null
}

const afterCrashMs = 5_000

/**
 * Takes a file exactly one step further, and commits it. Safe to call twice, from two processes, at any time; a
 * crash at any point leaves a row from which the next call goes on. Drivers decide only when to call.
 *
 * @param options.force take the step although its time has not come ("Check now", a callback).
 */
export async function advance(
  fileId: string,
  deps: GenerationDeps = productionDeps(),
  options: { force?: boolean } = {},
): Promise<Advance> {
  const lease = await claimFile(fileId, deps.now(), options.force ?? false)
  return lease ? inHand(takeStep(lease, deps)) : standing(await findFile(fileId))
}

async function takeStep(lease: Lease, deps: GenerationDeps): Promise<Advance> {
  const { row } = lease
  const kept = keepLease(lease, deps)
  try {
    const result = await stepOf(row)(kept.work)
    return await commit(lease, result, deps)
  } catch (error) {
    // A bug or a lost database: nothing is known to have changed, so the same step is due again soon.
    log().error({ err: error, fileId: row.id, state: row.state }, 'a step failed')
    const runAt = new Date(deps.now().getTime() + afterCrashMs)
    await releaseLease(lease, { runAt })
    return { runAt, stepped: true, freed: null }
  } finally {
    kept.stop()
  }
}

function standing(row: FileRow | undefined): Advance {
  const isDone = !row || (isFinalState(row.state) && !row.deletedAt)
  return { runAt: isDone ? null : row.runAt, stepped: false, freed: null }
}

const cancelableStates: ReadonlySet<string> = new Set(['queued', 'waiting', 'submit_unknown'])

function stepOf(row: FileRow): StepFunction {
  if (row.deletedAt) return purge
  if (row.cancelRequestedAt && cancelableStates.has(row.state)) return cancel
  switch (row.state) {
    case 'queued':
      return submit
    case 'submitting':
    case 'submit_unknown':
      return resolveSubmit
    case 'waiting':
      return checkProvider
    case 'storing':
      return storeOutput
    case 'failed':
      return reopen
    default:
      throw new Error(`file ${row.id}: no step leads on from ${row.state}`)
  }
}

async function commit(lease: Lease, result: StepResult, deps: GenerationDeps): Promise<Advance> {
  const { row, leaseId } = lease
  if ('remove' in result) {
    await removeFile(lease, result.attempt)
    return { runAt: null, stepped: true, freed: freedBy(row, undefined) }
  }
  const runAt = dueAt(result.runAt)
  if ('keep' in result) {
    const due = await releaseLease(lease, { ...result.keep, runAt })
    if (!due) return lostLease(row)
    return { runAt: isFinalState(row.state) ? null : due, stepped: true, freed: null }
  }
  const patch = { ...result.change, runAt, leaseId: null, leaseUntil: null }
  const guard = result.guard ?? { from: [row.state], leaseId }
  const { attempt } = result
  const write = async () =>
    attempt
      ? ((await changeFileAndAttempt(row.id, patch, guard, attempt)) ??
        (await lateAnswer(row, patch, attempt)))
      : changeFile(row.id, patch, guard)
  // What became of a paid submit is known here and nowhere else.
  const changed = await insist(write, guard.token ? deps.submitSignal : undefined)
  if (!changed) return lostLease(row)
  await result.afterwards?.().catch((error: unknown) => log().warn({ err: error }, 'afterwards'))
  const isDone = isFinalState(changed.state) && !changed.deletedAt
  return { runAt: isDone ? null : changed.runAt, stepped: true, freed: freedBy(row, changed) }
}

/** Somebody presumed us dead and went on: what he wrote stands, what we did is not written. */
async function lostLease(row: FileRow) {
  log().warn({ fileId: row.id, state: row.state }, 'the lease was lost')
  return standing(await findFile(row.id))
}

function takesSlot({ state }: FileRow) {
  return (slotStates as readonly string[]).includes(state)
}

function freedBy(before: FileRow, after: FileRow | undefined) {
  // A queued row that was submitted took its slot within the step, and may have lost it there again.
  const had = takesSlot(before) || before.state === 'queued'
  return had && !(after && takesSlot(after)) ? before.provider : null
}
