import type { EventOf, GenerationEvent } from '../events.ts'
import type { GenerationRow } from '../row.ts'
import { settleAttempt } from '../settlement.ts'
import {
  type Attempt,
  type AttemptPatch,
  type Change,
  type Patch,
  accepted,
  after,
  ended,
  failure,
  goOn,
  noFailure,
  outOfQueue,
  priced,
  refusal,
  released,
  storing,
  withoutJob,
} from './change.ts'
import { afterRefusal, reattach } from './queue.ts'
import { keepSpare, storeSpare } from './spare.ts'

export function jobMade(
  row: GenerationRow,
  { idempotencyKey, job }: EventOf<'job_made'>,
  now: Date,
) {
  return {
    attempt: { idempotencyKey, set: accepted(job) },
    patch: goOn(row, now, {
      state: 'waiting',
      operation: job.operation,
      slotUntil: row.deadlineAt,
      ...outOfQueue,
    }),
  }
}

export function madeAtOnce(row: GenerationRow, event: EventOf<'made_at_once'>, now: Date): Change {
  return {
    attempt: ended(row, event.idempotencyKey, { kind: 'made' }, now),
    patch: goOn(row, now, {
      ...storing,
      ...noFailure,
      output: event.output,
      isCostReported: false,
    }),
  }
}

export function submitRefused(
  row: GenerationRow,
  event: EventOf<'submit_refused'>,
  now: Date,
): Change {
  const { idempotencyKey, error, next } = event
  const set = refusal(error, now)
  return { ...afterRefusal(row, next, error, now), attempt: { idempotencyKey, set } }
}

export function submitFailed(
  row: GenerationRow,
  event: EventOf<'submit_failed'>,
  now: Date,
): Change {
  const { idempotencyKey, error } = event
  return {
    attempt: ended(row, idempotencyKey, { kind: 'failed' }, now, error),
    patch: goOn(row, now, failure(error, now)),
  }
}

export function submitLost(
  row: GenerationRow,
  { idempotencyKey }: EventOf<'submit_lost'>,
  now: Date,
) {
  const patch = { ...submitUnknown(row), checks: 0, failures: 0 }
  return { attempt: unknown(row, idempotencyKey), patch: goOn(row, now, patch) }
}

const longestUnknownSlotMs = 5 * 60_000

/** A submit whose outcome is unknown holds its slot for the model's usual time, and never longer than five minutes. */
function submitUnknown({ expected, startedAt, deadlineAt }: GenerationRow): Patch {
  const usualMs = 1_000 * (expected?.p90Seconds ?? expected?.seconds ?? longestUnknownSlotMs)
  const slotUntil = startedAt && after(startedAt, Math.min(usualMs, longestUnknownSlotMs))
  return { state: 'submit_unknown', slotUntil: slotUntil ?? deadlineAt }
}

export function submitNotFound(
  row: GenerationRow,
  { isProof, ...pace }: EventOf<'submit_not_found'>,
  now: Date,
): Change {
  const idempotencyKey = row.attemptKey!
  if (isProof)
    return {
      attempt: ended(row, idempotencyKey, { kind: 'no_job' }, now),
      patch: goOn(row, now, {
        state: 'queued',
        attemptKey: null,
        startedAt: null,
        slotUntil: null,
        ...outOfQueue,
      }),
    }
  const back = released(row, pace).patch
  if (row.state === 'submit_unknown') return { patch: back }
  return { attempt: unknown(row, idempotencyKey), patch: { ...back, ...submitUnknown(row) } }
}

/** Nothing is known of the job of an attempt; that it cost nothing is, where it is free in any case. */
function unknown(row: GenerationRow, key: string) {
  return { idempotencyKey: key, set: settleAttempt(priced(row, key), { kind: 'unknown' }) }
}

/**
 * An answer that came when its generation had gone on without it: what became of the attempt is known from now on, and
 * where it made a job and no other submit is under way, the generation goes back to that job instead of paying again.
 * A video that it brought during another attempt is kept until that one has brought its own.
 */
export function lateAnswer(row: GenerationRow, event: GenerationEvent, now: Date): Change | null {
  const late =
    'idempotencyKey' in event &&
    row.attempts.find((one) => one.idempotencyKey === event.idempotencyKey)
  const set = late ? settleLate(late, event, now) : null
  if (!late || !set) return null
  const settled = { attempt: { idempotencyKey: late.idempotencyKey, set }, patch: {} }
  if (late.outcome === 'canceled' || row.state === 'completed' || row.state === 'canceled')
    return settled
  const isFree = withoutJob.has(row.state)
  if (event.type === 'job_made') return isFree ? reattach(row, late, event.job, now) : settled
  if (event.type !== 'made_at_once') return settled
  const { idempotencyKey, output } = event
  const patch = isFree
    ? storeSpare(row, late, output, now)
    : keepSpare(row, { idempotencyKey, output })
  return { ...settled, patch }
}

/**
 * What a late answer makes of its attempt, also where the generation itself is gone; null where it tells nothing new.
 * One that was canceled stays so, but what it cost becomes known.
 */
export function settleLate(
  attempt: Pick<Attempt, 'outcome' | 'costMicros' | 'priceMicros' | 'providerJobId'>,
  event: GenerationEvent,
  now: Date,
): AttemptPatch | null {
  const isGivenUp = attempt.outcome === 'canceled' && attempt.costMicros === null
  if (attempt.outcome !== 'submitting' && attempt.outcome !== 'unknown' && !isGivenUp) return null
  const set = answerOf(attempt, event, now)
  if (!set || !isGivenUp) return set
  const job = event.type === 'job_made' ? { costMicros: attempt.priceMicros } : {}
  return { ...set, ...job, outcome: 'canceled' }
}

function answerOf(
  attempt: Pick<Attempt, 'priceMicros' | 'providerJobId'>,
  event: GenerationEvent,
  now: Date,
): AttemptPatch | null {
  switch (event.type) {
    case 'job_made':
      return accepted(event.job, attempt)
    case 'made_at_once':
      return { ...settleAttempt(attempt, { kind: 'made' }), endedAt: now }
    case 'submit_refused':
      return refusal(event.error, now)
    case 'submit_failed': {
      const { code: errorCode, userMessage: errorMessage } = event.error
      const settled = settleAttempt(attempt, { kind: 'failed' })
      return { ...settled, errorCode, errorMessage, endedAt: now }
    }
    case 'submit_lost':
      return settleAttempt(attempt, { kind: 'unknown' })
    default:
      return null
  }
}
