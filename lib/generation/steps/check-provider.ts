import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'
import { madeAt } from '../../files/made-at.ts'
import { watchJob } from '../watch-job.ts'
import { delayedLookMs, pollDelayMs } from './backoff.ts'
import { checkFailed } from './check-failed.ts'
import { failedJob } from './failed-job.ts'
import { isLate } from './is-late.ts'
import { letGo } from './let-go.ts'
import { linkWords } from './link-words.ts'
import { type StepResult, type StepWork, type StoredOutput, after } from './step.ts'
import { usdOf } from './usd-of.ts'

/** Asks the provider how far the video is, and writes down what it says. */
export async function checkProvider(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, contextFor } = work
  try {
    const operation = row.operation as Json
    const result = await provider.check(operation, contextFor(row.token ?? ''))
    if (result.status === 'pending') watchJob(row, provider, deps)
    return resultOf(work, result, deps.now())
  } catch (error) {
    return checkFailed(work, error)
  }
}

function resultOf({ row, provider }: StepWork, result: CheckResult, now: Date): StepResult {
  if (result.status === 'pending') return stillPending(row, result, now)
  if (result.status === 'completed') return completedCheck(row, result, now)
  return {
    ...failedJob(row, result.error, now, result.costUsd ?? null),
    afterwards: () => letGo(provider, row),
  }
}

/** The job is done: its bytes are fetched next, and what it cost is known, or as the catalogue says. */
export function completedCheck(
  row: FileRow,
  { output, note, costUsd }: Extract<CheckResult, { status: 'completed' }>,
  now: Date,
) {
  const actualUsd = costUsd ?? usdOf(row)
  const isCostReported = costUsd !== undefined
  const stored: StoredOutput = note === undefined ? output : { ...output, note }
  // Asked for again, it keeps its words until the bytes are here.
  const message = row.message === linkWords(row) ? row.message : 'Saving'
  const endedAt = madeAt(row) ?? now
  return {
    change: {
      state: 'storing',
      output: stored,
      failures: 0,
      lostSince: null,
      message,
      actualUsd,
      isCostReported,
      progress: 100,
    } as const,
    attempt: { token: row.token!, outcome: 'completed', costUsd: actualUsd, endedAt } as const,
    runAt: now,
  }
}

type Pending = Extract<CheckResult, { status: 'pending' }>

function stillPending(row: FileRow, result: Pending, now: Date): StepResult {
  const isDelayed = isLate(row, now)
  const runAt = after(
    now,
    isDelayed ? delayedLookMs : (result.checkAgainMs ?? pollDelayMs(row.checks)),
  )
  // A provider's figure may jump back; what the user has seen does not.
  const progress =
    result.progress === undefined ? row.progress : Math.max(row.progress ?? 0, result.progress)
  const message = result.message ?? null
  const kept = {
    checks: row.checks + 1,
    failures: 0,
    lostSince: null,
    ...(result.operation !== undefined && { operation: result.operation }),
  }
  const hasNews =
    message !== row.message ||
    isDelayed !== row.isDelayed ||
    Math.floor(progress ?? 0) !== Math.floor(row.progress ?? 0)
  return hasNews
    ? { change: { ...kept, progress, message, isDelayed }, runAt }
    : { keep: kept, runAt }
}
