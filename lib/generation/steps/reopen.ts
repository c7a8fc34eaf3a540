import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import { log } from '../../log.ts'
import { type StepResult, type StepWork, after } from './step.ts'
import { completedCheck } from './check-provider.ts'
import { earlierJob } from './earlier-job.ts'

const nobodyWaitsMs = 60_000

// What a failed video forgets when it goes on.
const noFailure = { errorCode: null, errorMessage: null }

/**
 * Looks once more at the job of a failed video, because a callback or the user asked for it, and for the job of an
 * attempt it had gone on without: a late success is delivered. Anything else leaves the failure as it stands.
 */
export async function reopen(work: StepWork): Promise<StepResult> {
  const found = (await lateSuccess(work)) ?? (await lateJob(work))
  return found ?? { keep: {}, runAt: after(work.deps.now(), nobodyWaitsMs) }
}

async function lateSuccess(work: StepWork): Promise<StepResult | undefined> {
  const { row, provider, deps, contextFor } = work
  if (row.operation === null) return undefined
  const result = await provider
    .check(row.operation as Json, contextFor(row.token ?? ''))
    .catch((error: unknown): CheckResult => {
      log().warn({ err: error, fileId: row.id }, 'looking at a failed video failed')
      return { status: 'pending' }
    })
  if (result.status !== 'completed') return undefined
  const completed = completedCheck(row, result, deps.now())
  return {
    ...completed,
    change: { ...completed.change, ...noFailure, finishedAt: null },
    attempt: { ...completed.attempt, ...noFailure },
  }
}

async function lateJob(work: StepWork): Promise<StepResult | undefined> {
  const found = await earlierJob(work)
  if (!found || !('change' in found) || found.change.state !== 'waiting') return undefined
  return { ...found, change: { ...found.change, ...noFailure, progress: null, finishedAt: null } }
}
