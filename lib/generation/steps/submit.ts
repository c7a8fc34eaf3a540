import { findModel } from '../../ai/models/find-model.ts'
import type { StartResult } from '../../ai/providers/provider.ts'
import type { NewAttempt } from '../../files/attempts.ts'
import type { FileRow } from '../../files/file-row.ts'
import { type ProviderPause, pausesAt } from '../../files/provider-pauses.ts'
import { takeSlot } from '../../files/take-slot.ts'
import { newId } from '../../ids.ts'
import { needsOperator } from '../needs-operator.ts'
import { providerInputs } from '../provider-inputs.ts'
import { worthWaitingMs } from './backoff.ts'
import { earlierJob } from './earlier-job.ts'
import { moveTo, nextRoute } from './next-route.ts'
import { refused } from './refused.ts'
import { requestOf } from './request-of.ts'
import { type StepResult, type StepWork, after, failure, notCharged } from './step.ts'
import { switchedOff } from './switched-off.ts'
import { usdOf } from './usd-of.ts'

// Whoever frees a slot wakes the queue; this is for the one who dies before he can.
const queuedLookMs = 30_000
const usualDeadlineMinutes = 30

/**
 * Takes a free slot and submits. `submitting`, its token and its attempt are committed before the call, so a crash at
 * any point is seen afterwards as what it is: an outcome nobody knows. Such a submit is never repeated from here; and
 * where an earlier one turns out to have made a job, that is waited for and nothing is submitted.
 */
export async function submit(work: StepWork): Promise<StepResult> {
  const { row, deps } = work
  const earlier = await earlierJob(work)
  if (earlier) return earlier
  const pause = (await pausesAt(deps.now())).get(row.provider)
  if (pause) return aroundPause(work, pause)
  if (!deps.providers.has(row.provider)) return aroundPause(work, switchedOff(work))
  const inputs = await providerInputs(row, deps.storage)
  // Who is about to end begins nothing that is paid for.
  if (deps.signal.aborted) return { keep: {}, runAt: deps.now() }
  const token = newId('token')
  const submitting = await begin(work, token)
  if (!submitting) return { keep: {}, runAt: after(deps.now(), queuedLookMs) }

  const outcome = await work.provider
    .start({ ...requestOf(submitting), inputs }, work.contextFor(token, deps.submitSignal))
    .catch((error: unknown) => ({ error }))
  const result =
    'error' in outcome
      ? await refused(work, token, outcome.error)
      : accepted(submitting, outcome, token, deps.now())
  // By token, not by lease: an answer that comes after the lease was lost is still the answer.
  return { ...result, guard: { from: ['submitting', 'submit_unknown'], token } }
}

/**
 * A provider that is taken out: another steps in, unless it is for seconds only; else the video waits, or fails where
 * waiting would not help.
 */
async function aroundPause({ row, deps }: StepWork, pause: ProviderPause): Promise<StepResult> {
  const now = deps.now()
  const mayWait = !needsOperator(pause.errorCode)
  const isShort = mayWait && pause.until.getTime() - now.getTime() <= worthWaitingMs
  const next = isShort ? undefined : await nextRoute(row, deps)
  if (next) return { change: await moveTo(next, pause.reason), runAt: now }
  if (!mayWait)
    return {
      change: {
        ...failure({ code: pause.errorCode, userMessage: pause.reason }, now),
        ...notCharged(row),
      },
      runAt: now,
    }
  if (row.message === pause.reason) return { keep: {}, runAt: pause.until }
  return { change: { message: pause.reason }, runAt: pause.until }
}

function begin(work: StepWork, token: string) {
  const { row, deps, provider } = work
  const now = deps.now()
  const deadlineMinutes = findModel(row.model)?.deadlineMinutes ?? usualDeadlineMinutes
  const patch = {
    token,
    startedAt: now,
    deadlineAt: after(now, deadlineMinutes * 60_000),
    isDelayed: false,
    message: null,
  }
  const attempt: NewAttempt = {
    token,
    fileId: row.id,
    provider: row.provider,
    providerLabel: row.providerLabel || provider.label,
    model: requestOf(row).model,
    reason: row.routeReason,
    consoleUrl: provider.consoleUrl ?? null,
    startedAt: now,
  }
  return takeSlot(work, { concurrency: deps.concurrency, patch, attempt, now })
}

function accepted(row: FileRow, result: StartResult, token: string, now: Date) {
  if ('completed' in result) {
    const actualUsd = usdOf(row)
    return {
      change: { state: 'storing', output: result.completed, progress: 100, actualUsd } as const,
      attempt: { token, outcome: 'completed', costUsd: actualUsd, endedAt: now } as const,
      runAt: now,
    }
  }
  const { operation, reference = null } = result
  return {
    change: { state: 'waiting', operation, checks: 0, failures: 0 } as const,
    attempt: { token, outcome: 'accepted', reference } as const,
    runAt: now,
  }
}
