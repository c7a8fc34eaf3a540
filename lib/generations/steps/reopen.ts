import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import { log } from '../../log.ts'
import { jobDone } from './check.ts'
import { earlierJob } from './find-job.ts'
import { type StepResult, type StepWork, after, idle } from './step.ts'

const quietMs = 60_000

/**
 * Looks once more at the job of a failed generation, because a webhook or the user asked for it, and for the job of an
 * attempt it had gone on without: a late success is delivered. Anything else leaves the failure as it is.
 */
export async function reopen(work: StepWork): Promise<StepResult> {
  const found = (await lateSuccess(work)) ?? (await earlierJob(work))
  return found ?? idle(work, after(work.deps.now(), quietMs))
}

async function lateSuccess(work: StepWork): Promise<StepResult | undefined> {
  const { row, provider, contextFor } = work
  if (row.operation === null) return undefined
  const result = await provider
    .check(row.operation as Json, contextFor(row.attemptKey ?? ''))
    .catch((error: unknown): CheckResult => {
      log().warn({ err: error, fileId: row.id }, 'looking at a failed video failed')
      return { status: 'pending' }
    })
  return result.status === 'completed' ? { event: jobDone(work, result) } : undefined
}
