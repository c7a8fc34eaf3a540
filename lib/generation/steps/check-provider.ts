import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'
import { log } from '../../log.ts'
import { watchJob } from '../watch-job.ts'
import { pollDelayMs, retryDelayMs } from './backoff.ts'
import { letGo } from './let-go.ts'
import { type StepResult, type StepWork, after, failure } from './step.ts'
import { usdOf } from './usd-of.ts'

// So soon after the submit a provider may not have heard of its own job yet.
const unknownAtFirstMs = 60_000
const delayedLookMs = 5 * 60_000

/** Asks the provider how far the video is, and writes down what it says. */
export async function checkProvider(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, contextFor } = work
  try {
    const operation = row.operation as Json
    const result = await provider.check(operation, contextFor(row.token ?? ''))
    if (result.status === 'pending') watchJob(row, provider, deps)
    return resultOf(work, result, deps.now())
  } catch (error) {
    return checkFailed(row, error, deps.now())
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
  { output, costUsd }: Extract<CheckResult, { status: 'completed' }>,
  now: Date,
) {
  const actualUsd = costUsd ?? usdOf(row)
  const isCostReported = costUsd !== undefined
  const money = { actualUsd, isCostReported }
  return {
    change: { state: 'storing', output, ...money, progress: 100, message: 'Saving' } as const,
    attempt: { token: row.token!, outcome: 'completed', costUsd: actualUsd, endedAt: now } as const,
    runAt: now,
  }
}

function failedJob(row: FileRow, error: ProviderError, now: Date, costUsd: number | null) {
  return {
    change: { ...failure(error, now), actualUsd: costUsd, isCostReported: costUsd !== null },
    attempt: {
      token: row.token!,
      outcome: 'failed' as const,
      errorCode: error.code,
      errorMessage: error.userMessage,
      costUsd,
      endedAt: now,
    },
    runAt: now,
  }
}

type Pending = Extract<CheckResult, { status: 'pending' }>

function stillPending(row: FileRow, result: Pending, now: Date): StepResult {
  const isDelayed = row.deadlineAt !== null && now > row.deadlineAt
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

/** A look that failed says nothing about the video: look again, slower. Only "there is no such job" ends it. */
function checkFailed(row: FileRow, error: unknown, now: Date): StepResult {
  log().warn({ err: error, fileId: row.id, provider: row.provider }, 'check failed')
  const sinceStart = now.getTime() - (row.startedAt?.getTime() ?? 0)
  if (
    error instanceof ProviderError &&
    error.code === 'not_found_or_expired' &&
    sinceStart > unknownAtFirstMs
  )
    return failedJob(row, error, now, null)
  const delayMs =
    error instanceof ProviderError && error.retryAfterSeconds
      ? error.retryAfterSeconds * 1000
      : retryDelayMs(row.failures)
  return { keep: { failures: row.failures + 1 }, runAt: after(now, delayMs) }
}
