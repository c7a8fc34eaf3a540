import type { AfterRefusal, EventOf, Failure, NewRoute } from '../events.ts'
import type { GenerationRow } from '../row.ts'
import { settleAttempt } from '../settlement.ts'
import { isOpenAttempt } from '../states.ts'
import {
  type Attempt,
  type Change,
  accepted,
  failure,
  goOn,
  noFailure,
  outOfQueue,
  refusal,
  released,
} from './change.ts'

export function heldBack(row: GenerationRow, { wait, ...pace }: EventOf<'held_back'>): Change {
  return { patch: { ...released(row, pace).patch, wait } }
}

/** Its place in the queue begins now: it has not waited for its provider so far. */
export function inputsReady(row: GenerationRow, _: EventOf<'inputs_ready'>, now: Date): Change {
  return { patch: goOn(row, now, { waitsFor: null, wait: null }), enqueue: true }
}

export function moved(row: GenerationRow, route: NewRoute, now: Date): Change {
  const { reason: routeReason, ...at } = route
  const patch = { state: 'queued', ...at, routeReason, attemptKey: null, ...outOfQueue } as const
  return { patch: goOn(row, now, { ...patch, slotUntil: null }), enqueue: true }
}

export function slotTaken(
  row: GenerationRow,
  event: EventOf<'slot_taken'>,
  now: Date,
): Change | null {
  // A wish to cancel or delete that came meanwhile goes first: nothing is paid for it.
  if (row.cancelRequestedAt || row.deletedAt) return null
  const { attempt, deadlineAt } = event
  return {
    newAttempt: attempt,
    patch: {
      state: 'submitting',
      attemptKey: attempt.idempotencyKey,
      startedAt: now,
      deadlineAt,
      slotUntil: deadlineAt,
      isDelayed: false,
      wait: null,
    },
  }
}

export function prepareRefused(
  row: GenerationRow,
  event: EventOf<'prepare_refused'>,
  now: Date,
): Change {
  const { attempt, error, next } = event
  const ended = refusal(error, now)
  const change = afterRefusal(row, next, error, now)
  return { ...change, newAttempt: { ...attempt, ...ended } }
}

export function afterRefusal(
  row: GenerationRow,
  next: AfterRefusal,
  error: Failure,
  now: Date,
): Change {
  if (next.action === 'move') return moved(row, next.route, now)
  if (next.action === 'fail') return { patch: goOn(row, now, failure(error, now)) }
  const { code: errorCode, userMessage: says } = error
  const back = released(row, { dueAt: next.dueAt, failures: row.failures + 1 }).patch
  const wait = { code: 'retry', errorCode, says } as const
  return { patch: { ...back, state: 'queued', attemptKey: null, slotUntil: null, wait } }
}

export function gaveUp(row: GenerationRow, { error }: EventOf<'gave_up'>, now: Date): Change {
  return { patch: goOn(row, now, failure(error, now)) }
}

/**
 * A queued row of a restored backup: the original may have been submitted since, so it is not submitted from here until
 * its owner says so. What is free goes on, and what its owner had already called off.
 */
export function restored(
  row: GenerationRow,
  { attempt }: EventOf<'restored'>,
  now: Date,
): Change | null {
  if (row.ceilingMicros === 0 || row.cancelRequestedAt || row.deletedAt) return null
  const { idempotencyKey: attemptKey, startedAt } = attempt
  return {
    newAttempt: { ...attempt, ...settleAttempt(attempt, { kind: 'unknown' }) },
    patch: goOn(row, now, {
      state: 'submit_unknown',
      attemptKey,
      startedAt,
      parkedAt: null,
      ...outOfQueue,
    }),
  }
}

export function earlierJobFound(
  row: GenerationRow,
  { attemptKey, job, isCancelable }: EventOf<'earlier_job_found'>,
  now: Date,
): Change | null {
  const isLookedForAlready = row.state === 'submit_unknown' && row.attemptKey === attemptKey
  const attempt = row.attempts.find((one) => one.idempotencyKey === attemptKey)
  return attempt && isOpenAttempt(attempt) && !isLookedForAlready
    ? reattach(row, attempt, job, now, isCancelable)
    : null
}

/** Puts a generation back to the job of an attempt it had gone on without. */
export function reattach(
  row: GenerationRow,
  attempt: Attempt,
  job: EventOf<'job_made'>['job'],
  now: Date,
  isCancelable = row.isCancelable && row.provider === attempt.provider,
): Change {
  const { idempotencyKey, provider, providerLabel, priceMicros, reason, startedAt } = attempt
  return {
    attempt: { idempotencyKey, set: accepted(job, attempt) },
    patch: goOn(row, now, {
      state: 'waiting',
      attemptKey: idempotencyKey,
      operation: job.operation,
      provider,
      providerLabel,
      priceMicros,
      isCancelable,
      routeReason: reason,
      startedAt: new Date(startedAt),
      slotUntil: row.deadlineAt,
      progress: null,
      ...outOfQueue,
      ...noFailure,
    }),
  }
}
