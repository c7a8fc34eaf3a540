import type { WaitReason } from '#lib/contract/wait'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { CheckResult, Json } from '../../ai/providers/provider.ts'
import { log } from '../../log.ts'
import { needsOperator } from '../cooldowns.ts'
import { watchJob } from '../engine/watch-job.ts'
import type { EventOf } from '../events.ts'
import { type GenerationRow, jobDoneAt } from '../row.ts'
import { delayedLookMs, pollDelayMs, retryDelayMs } from './backoff.ts'
import { releaseFiles } from './end-job.ts'
import { startCooldownOf } from './refused.ts'
import { type StepResult, type StepWork, after } from './step.ts'
import { outputExpired } from './store-output.ts'

/** Asks the provider how far the video is, and says what it answers. */
export async function checkProvider(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, contextFor } = work
  let result: CheckResult
  try {
    result = await provider.check(row.operation as Json, contextFor(row.attemptKey ?? ''))
  } catch (error) {
    return checkFailed(work, error)
  }
  if (result.status === 'pending') watchJob(row, provider, deps)
  if (result.status === 'failed') await startCooldownOf(work, result.error)
  return resultOf(work, result)
}

function resultOf(work: StepWork, result: CheckResult): StepResult {
  if (result.status === 'pending') return { event: stillPending(work, result) }
  if (result.status === 'completed') return { event: jobDone(work, result) }
  const { error, costMicros: reportedMicros } = result
  const event = { type: 'job_failed', leaseId: work.leaseId, error } as const
  return {
    event: reportedMicros === undefined ? event : { ...event, reportedMicros },
    afterwards: () => releaseFiles(work),
  }
}

/** The job is done: its bytes are fetched next, and what it cost is known, or as the catalogue says. */
export function jobDone(
  { leaseId }: StepWork,
  { output, note, costMicros }: Extract<CheckResult, { status: 'completed' }>,
): EventOf<'job_done'> {
  return {
    type: 'job_done',
    leaseId,
    output,
    ...(note !== undefined && { note }),
    ...(costMicros !== undefined && { reportedMicros: costMicros }),
  }
}

function stillPending(
  { row, leaseId, deps }: StepWork,
  result: Extract<CheckResult, { status: 'pending' }>,
): EventOf<'job_pending'> {
  const now = deps.now()
  const isDelayed = isLate(row, now)
  const nextMs = isDelayed ? delayedLookMs : (result.checkAgainMs ?? pollDelayMs(row.checks))
  const { progress, message: says, operation } = result
  return {
    type: 'job_pending',
    leaseId,
    isDelayed,
    dueAt: after(now, nextMs),
    checks: row.checks + 1,
    ...(progress !== undefined && { progress }),
    ...(says !== undefined && { says }),
    ...(operation !== undefined && { operation }),
  }
}

/** Past its deadline it goes on, and is looked at more slowly. */
function isLate({ deadlineAt }: GenerationRow, now: Date) {
  return deadlineAt !== null && now > deadlineAt
}

// A provider that does not know its own job may not have heard of it yet, or lack a part of its memory for a while.
const lostAfterMs = 10 * 60_000
const lostAfterLooks = 3
// One look that fails, or two, may pass before a user has read of it.
const looksBeforeWords = 3

/**
 * A look that failed says nothing about the video: look again, slower. Only "there is no such job" ends it, and only
 * where nothing else was heard for ten minutes.
 */
async function checkFailed(work: StepWork, error: unknown): Promise<StepResult> {
  const { row, leaseId, deps } = work
  const now = deps.now()
  log().warn({ err: error, fileId: row.id, provider: row.provider }, 'check failed')
  const lostSince = isUnknownJob(error) ? (row.lostSince ?? now) : null
  const failures = lostSince && !row.lostSince ? 1 : row.failures + 1
  if (lostSince && failures >= lostAfterLooks && now.getTime() - lostSince.getTime() >= lostAfterMs)
    return { event: lostJob(work, error as ProviderError) }
  const isWorthWords = failures >= looksBeforeWords && jobDoneAt(row) === null
  if (failures >= looksBeforeWords && error instanceof ProviderError && needsOperator(error.code))
    await startCooldownOf(work, error)
  const isDelayed = isLate(row, now)
  const pace = { failures, lostSince, dueAt: after(now, nextLookMs(row, error, isDelayed)) }
  const wait = isWorthWords && { wait: troubleOf(row, error) }
  return { event: { type: 'check_failed', leaseId, isDelayed, ...pace, ...wait } }
}

function isUnknownJob(error: unknown) {
  return error instanceof ProviderError && error.code === 'not_found_or_expired'
}

/** The provider no longer knows the job; where it was done before, its cost is known and stays. */
function lostJob({ row, leaseId }: StepWork, error: ProviderError) {
  return jobDoneAt(row)
    ? ({ type: 'output_lost', leaseId, error: outputExpired } as const)
    : ({ type: 'job_failed', leaseId, error } as const)
}

function troubleOf({ providerLabel }: GenerationRow, error: unknown): WaitReason {
  if (isUnknownJob(error)) return { code: 'job_not_found', providerLabel }
  if (!(error instanceof ProviderError) || !needsOperator(error.code))
    return { code: 'provider_unreachable', providerLabel }
  return { code: 'provider_refuses', errorCode: error.code, says: error.userMessage }
}

function nextLookMs({ failures }: GenerationRow, error: unknown, isDelayed: boolean) {
  const askedSeconds = error instanceof ProviderError ? error.retryAfterSeconds : undefined
  const askedMs = Math.min((askedSeconds ?? 0) * 1_000, longestPauseMs)
  if (isDelayed) return Math.max(delayedLookMs, askedMs)
  return askedMs || retryDelayMs(failures)
}

/** A look costs nothing, and what is paid for may be ready: a provider that asks for a day is looked at before. */
const longestPauseMs = 10 * 60_000
