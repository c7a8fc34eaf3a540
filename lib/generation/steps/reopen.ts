import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import { log } from '../../log.ts'
import { type StepResult, type StepWork, after } from './step.ts'
import { completedCheck } from './check-provider.ts'

const nobodyWaitsMs = 60_000

/**
 * Looks once more at the job of a failed video, because a callback or the user asked for it: a late success is
 * delivered. Anything else leaves the failure as it stands.
 */
export async function reopen(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, contextFor } = work
  const result = await provider
    .check(row.operation as Json, contextFor(row.token ?? ''))
    .catch((error: unknown): CheckResult => {
      log().warn({ err: error, fileId: row.id }, 'looking at a failed video failed')
      return { status: 'pending' }
    })
  const now = deps.now()
  if (result.status !== 'completed') return { keep: {}, runAt: after(now, nobodyWaitsMs) }
  const completed = completedCheck(row, result, now)
  const noError = { errorCode: null, errorMessage: null }
  return {
    ...completed,
    change: { ...completed.change, ...noError, failures: 0, finishedAt: null },
    attempt: { ...completed.attempt, ...noError },
  }
}
