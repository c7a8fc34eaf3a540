import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'
import { log } from '../../log.ts'
import { pollDelayMs, retryDelayMs } from './backoff.ts'
import { letGo } from './let-go.ts'
import { type StepResult, type StepWork, failure } from './step.ts'

/** Asks the provider how far the video is, and writes down what it says. */
export async function checkProvider(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, contextFor } = work
  try {
    const operation = row.operation as Json
    const result = await provider.check(operation, contextFor(row.token ?? ''))
    return resultOf(work, result, deps.now())
  } catch (error) {
    return checkFailed(row, error, deps.now())
  }
}

function resultOf({ row, provider }: StepWork, result: CheckResult, now: Date): StepResult {
  if (result.status === 'pending') return stillPending(row, result, now)
  if (result.status === 'failed')
    return {
      change: failure(result.error, now),
      runAt: now,
      afterwards: () => letGo(provider, row),
    }
  const actualUsd = result.costUsd ?? row.estimatedUsd
  const change = { state: 'storing', output: result.output, actualUsd, failures: 0 } as const
  return { change: { ...change, progress: 100, message: 'Saving' }, runAt: now }
}

type Pending = Extract<CheckResult, { status: 'pending' }>

function stillPending(row: FileRow, result: Pending, now: Date): StepResult {
  const runAt = new Date(now.getTime() + (result.checkAgainMs ?? pollDelayMs(row.checks)))
  // A provider's figure may jump back; what the user has seen does not.
  const progress =
    result.progress === undefined ? row.progress : Math.max(row.progress ?? 0, result.progress)
  const message = result.message ?? null
  const counters = { checks: row.checks + 1, failures: 0 }
  const hasNews =
    message !== row.message || Math.floor(progress ?? 0) !== Math.floor(row.progress ?? 0)
  return hasNews ? { change: { ...counters, progress, message }, runAt } : { keep: counters, runAt }
}

/** A look that failed says nothing about the video: look again, slower. Only "there is no such job" ends it. */
function checkFailed(row: FileRow, error: unknown, now: Date): StepResult {
  log().warn({ err: error, fileId: row.id, provider: row.provider }, 'check failed')
  if (error instanceof ProviderError && error.code === 'not_found_or_expired')
    return { change: failure(error, now), runAt: now }
  const delayMs =
    error instanceof ProviderError && error.retryAfterSeconds
      ? error.retryAfterSeconds * 1000
      : retryDelayMs(row.failures)
  return { keep: { failures: row.failures + 1 }, runAt: new Date(now.getTime() + delayMs) }
}
