import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import { removeUnlessBackedUp } from '../../db/queries/removals.ts'
import { log } from '../../log.ts'
import { jobDoneAt } from '../row.ts'
import type { JobEnd } from '../settlement.ts'
import { mayBeBilled } from '../states.ts'
import { patientDelayMs } from './backoff.ts'
import { type StepResult, type StepWork, after } from './step.ts'

/**
 * Stops a generation at the user's wish: at the provider first, then here. Where the provider cannot stop, or has
 * made it already, it is billed, as the user was told before.
 */
export async function cancel(work: StepWork): Promise<StepResult> {
  const { row, leaseId } = work
  let end: JobEnd | null
  try {
    end = await endOfJob(work)
  } catch (error) {
    log().warn({ err: error, fileId: row.id, provider: row.provider }, 'not stopped yet')
    return stopLater(work)
  }
  return { event: { type: 'canceled', leaseId, end }, afterwards: () => releaseFiles(work) }
}

/**
 * Carries out a deletion: stops what still runs, removes every byte, then the row; what was spent stays known. A
 * provider that does not answer is asked again for a day: what it goes on with would be paid for. While a backup is made,
 * the bytes wait. Safe to begin again anywhere.
 */
export async function purge(work: StepWork): Promise<StepResult> {
  const { row, deps, leaseId } = work
  let end: JobEnd | null
  try {
    end = await endOfJob(work)
  } catch (error) {
    log().warn({ err: error, fileId: row.id, provider: row.provider }, 'not stopped yet')
    if (isWorthAnotherTry(work)) return stopLater(work)
    end = { kind: 'unstoppable' }
  }
  const isGone = await removeUnlessBackedUp(() => deps.storage.removeAll(row.id))
  if (!isGone) return stopLater(work)
  await clearWorkFiles(work)
  return { event: { type: 'removed', leaseId, end }, afterwards: () => releaseFiles(work) }
}

const stopForMs = 24 * 60 * 60_000

function isWorthAnotherTry({ row, deps }: StepWork) {
  return deps.now().getTime() - row.deletedAt!.getTime() < stopForMs
}

function stopLater({ row, leaseId, deps }: StepWork): StepResult {
  const failures = row.failures + 1
  const dueAt = after(deps.now(), patientDelayMs(row.failures))
  return { event: { type: 'step_idle', leaseId, dueAt, failures } }
}

/**
 * Stops the current job, where there is one, and says how it ended; null where none was under way. Where only the
 * provider can tell what became of the submit, that is found out first. Throws where asking again may help.
 */
async function endOfJob(work: StepWork): Promise<JobEnd | null> {
  const { row, provider, contextFor } = work
  if (!mayBeBilled(row.state) || jobDoneAt(row)) return null
  const key = row.attemptKey!
  const found = row.operation === null ? await provider.find?.(key, contextFor(key)) : undefined
  const operation = (row.operation ?? found?.operation ?? null) as Json
  if (operation === null) return { kind: 'unknown' }
  if (!row.isCancelable || !provider.cancel) return { kind: 'unstoppable' }
  try {
    await provider.cancel(operation, contextFor(key))
    return { kind: 'stopped' }
  } catch (error) {
    if (!(error instanceof ProviderError) || error.retryable) throw error
    log().warn({ err: error, fileId: row.id }, 'the provider did not stop')
    return endByLook(await lookOnce(provider.check(operation, contextFor(key))))
  }
}

/**
 * Why a provider refuses to stop a job: it may be done, or over already, stopped by a call whose answer was not
 * written down any more. What it says of the job is what is booked.
 */
function endByLook(result: CheckResult | undefined): JobEnd {
  if (!result || result.status === 'pending') return { kind: 'unstoppable' }
  const kind = result.status === 'completed' ? 'made' : 'failed'
  return { kind, reportedMicros: result.costMicros }
}

/** Undefined where the provider has nothing to tell of it any more; throws where asking again may help. */
async function lookOnce(look: Promise<CheckResult>) {
  try {
    return await look
  } catch (error) {
    if (!(error instanceof ProviderError) || error.retryable) throw error
    return undefined
  }
}

/** Has the provider delete what it keeps on this machine for a generation, where it keeps anything. */
export async function releaseFiles({ row, provider }: StepWork) {
  if (row.operation !== null) await provider.releaseProviderFiles?.(row.operation as Json)
}

/** Removes what lies on this machine for a generation, whichever attempt or holder of its lease has left it. */
export async function clearWorkFiles({ row, deps: { workFolder } }: StepWork) {
  const names = await readdir(workFolder).catch(() => [])
  for (const name of names.filter((one) => one.startsWith(row.id)))
    await rm(join(workFolder, name), { recursive: true, force: true })
}

/** Where what was fetched whole for an attempt is kept on this machine until it rests in storage. */
export function fetchedPath({ row, deps }: StepWork) {
  return join(deps.workFolder, `${row.id}.${row.attemptKey}.fetched`)
}
