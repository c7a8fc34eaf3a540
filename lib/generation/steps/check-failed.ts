import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { FileRow } from '../../files/file-row.ts'
import { madeAt } from '../../files/made-at.ts'
import { log } from '../../log.ts'
import { needsOperator } from '../needs-operator.ts'
import { delayedLookMs, retryDelayMs } from './backoff.ts'
import { failedJob } from './failed-job.ts'
import { isLate } from './is-late.ts'
import { outputExpired } from './output-expired.ts'
import { pauseWhereAsked } from './pause-where-asked.ts'
import { type StepResult, type StepWork, after } from './step.ts'

// One that does not know its own job may not have heard of it yet, or lack a part of its memory for a while.
const lostAfterMs = 10 * 60_000
const lostAfterLooks = 3
// One that fails, or two, may pass before anybody has read of it.
const looksBeforeWords = 3

/**
 * A look that failed says nothing about the video: look again, slower. Only "there is no such job" ends it, and only
 * where nothing else was heard for ten minutes.
 */
export async function checkFailed(work: StepWork, error: unknown): Promise<StepResult> {
  const { row, deps } = work
  const now = deps.now()
  log().warn({ err: error, fileId: row.id, provider: row.provider }, 'check failed')
  const lostSince = isUnknown(error) ? (row.lostSince ?? now) : null
  const failures = lostSince && !row.lostSince ? 1 : row.failures + 1
  if (lostSince && failures >= lostAfterLooks && now.getTime() - lostSince.getTime() >= lostAfterMs)
    return lostJob(row, error as ProviderError, now)
  const message =
    failures < looksBeforeWords || madeAt(row) ? row.message : troubleWords(row, error)
  if (failures >= looksBeforeWords && error instanceof ProviderError && needsOperator(error.code))
    await pauseWhereAsked(work, error, now)
  const isDelayed = isLate(row, now)
  const runAt = after(now, nextLookMs(row, error, isDelayed))
  return message !== row.message || isDelayed !== row.isDelayed
    ? { change: { failures, lostSince, message, isDelayed }, runAt }
    : { keep: { failures, lostSince }, runAt }
}

function isUnknown(error: unknown) {
  return error instanceof ProviderError && error.code === 'not_found_or_expired'
}

/** The provider no longer knows the job; where it was done before, what it cost is known and stands. */
function lostJob(row: FileRow, error: ProviderError, now: Date): StepResult {
  return madeAt(row) ? { change: outputExpired(now), runAt: now } : failedJob(row, error, now, null)
}

function troubleWords({ providerLabel, provider }: FileRow, error: unknown) {
  const name = providerLabel || provider
  if (isUnknown(error)) return `${name} does not find this video right now. Asking again.`
  const goesOn = 'The video goes on there; trying again.'
  const isForOperator = error instanceof ProviderError && needsOperator(error.code)
  const why = `${name} does not answer right now.`
  return `${isForOperator ? error.userMessage : why} ${goesOn}`
}

function nextLookMs({ failures }: FileRow, error: unknown, isDelayed: boolean) {
  const askedSeconds = error instanceof ProviderError ? error.retryAfterSeconds : undefined
  if (isDelayed) return Math.max(delayedLookMs, (askedSeconds ?? 0) * 1000)
  return askedSeconds ? askedSeconds * 1000 : retryDelayMs(failures)
}
