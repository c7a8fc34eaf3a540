import type { GenerationState } from '#lib/contract/file-view'
import type { NewAsset } from '../assets/assets.ts'
import type { AttemptRow, generation } from '../db/schema.ts'
import type {
  AfterRefusal,
  EventOf,
  EventType,
  Failure,
  GenerationEvent,
  NewAttempt,
  NewRoute,
} from './events.ts'
import { type GenerationRow, currentAttempt, jobDoneAt } from './row.ts'
import { type JobEnd, costOfAttempts, settleAttempt } from './settlement.ts'
import { finalStates, isFinalState, isOpenAttempt, mayStillSucceed, nextStates } from './states.ts'

export type Patch = Partial<typeof generation.$inferSelect>
export type AttemptPatch = Partial<
  Pick<
    AttemptRow,
    'outcome' | 'providerJobId' | 'costMicros' | 'errorCode' | 'errorMessage' | 'endedAt'
  >
>

/** What an event changes, all of it in one transaction. */
export interface Change {
  patch: Patch
  attempt?: { idempotencyKey: string; set: AttemptPatch }
  newAttempt?: NewAttempt & AttemptPatch
  asset?: NewAsset
  /** It gets a new turn in the queue of its provider. */
  enqueue?: true
  /** The row goes; its attempts stay. */
  remove?: true
}

/**
 * The one function that changes a generation: what follows on an event, or null where the event no longer applies
 * (its sender has lost the lease, the state has moved on, it is somebody else's). Pure: same row, event and moment,
 * same answer. `states.md` draws the states; the table below says which event is heard in which of them.
 */
export function transition(row: GenerationRow, event: GenerationEvent, now: Date): Change | null {
  const { from, fence, then } = table[event.type] as Entry<GenerationEvent>
  const isHeard = fence(row, event) && (from === 'any' || from.includes(row.state))
  if (!isHeard) return lateAnswer(row, event, now)
  const change = then(row, event, now)
  return change && withCost(row, assertLegal(row, change))
}

interface Entry<Event> {
  from: readonly GenerationState[] | 'any'
  fence: (row: GenerationRow, event: Event) => boolean
  then: (row: GenerationRow, event: Event, now: Date) => Change | null
}

type Fence = (row: GenerationRow, event: object) => boolean

const open: Fence = () => true
const byLease: Fence = (row, event) => 'leaseId' in event && row.leaseId === event.leaseId
const byKey: Fence = (row, event) =>
  'idempotencyKey' in event && row.attemptKey === event.idempotencyKey
const byOwner: Fence = (row, event) =>
  'ownerId' in event && row.ownerId === event.ownerId && row.deletedAt === null

const inSubmit = ['submitting', 'submit_unknown'] as const
const mayCancel = ['queued', 'submitting', 'submit_unknown', 'waiting'] as const

const table: { [Type in EventType]: Entry<EventOf<Type>> } = {
  // event               heard in                              fence           what follows
  claimed: { from: 'any', fence: open, then: claimed },
  lease_renewed: { from: 'any', fence: byLease, then: leaseRenewed },
  woken: { from: 'any', fence: open, then: woken },
  step_idle: { from: 'any', fence: byLease, then: (row, pace) => released(row, pace) },
  step_crashed: { from: 'any', fence: byLease, then: crashed },

  held_back: { from: ['queued'], fence: byLease, then: heldBack },
  moved: {
    from: ['queued'],
    fence: byLease,
    then: (row, { route }, now) => moved(row, route, now),
  },
  prepare_refused: { from: ['queued'], fence: byLease, then: prepareRefused },
  slot_taken: { from: ['queued'], fence: byLease, then: slotTaken },
  gave_up: { from: ['queued'], fence: byLease, then: gaveUp },
  earlier_job_found: { from: ['queued', 'failed'], fence: byLease, then: earlierJobFound },

  job_made: { from: inSubmit, fence: byKey, then: submitOutcome },
  made_at_once: { from: inSubmit, fence: byKey, then: madeAtOnce },
  submit_refused: { from: inSubmit, fence: byKey, then: submitRefused },
  submit_failed: { from: inSubmit, fence: byKey, then: submitFailed },
  submit_lost: { from: ['submitting'], fence: byKey, then: submitLost },
  submit_not_found: { from: inSubmit, fence: byLease, then: submitNotFound },

  job_pending: { from: ['waiting'], fence: byLease, then: jobPending },
  progress_reported: { from: ['waiting'], fence: byKey, then: progressReported },
  check_failed: { from: ['waiting'], fence: byLease, then: checkFailed },
  job_done: { from: ['waiting', 'failed'], fence: byLease, then: jobDone },
  job_failed: { from: ['waiting'], fence: byLease, then: jobFailed },

  stored: { from: ['storing'], fence: byLease, then: stored },
  store_delayed: { from: ['storing'], fence: byLease, then: storeDelayed },
  output_not_ready: { from: ['storing'], fence: byLease, then: outputNotReady },
  output_lost: { from: ['storing', 'waiting'], fence: byLease, then: outputLost },

  cancel_requested: { from: mayCancel, fence: byOwner, then: cancelRequested },
  canceled: { from: ['queued', 'submit_unknown', 'waiting'], fence: byLease, then: canceled },
  delete_requested: { from: 'any', fence: byOwner, then: deleteRequested },
  removed: { from: 'any', fence: byLease, then: removed },
  resubmit_requested: { from: ['submit_unknown'], fence: byOwner, then: resubmitRequested },
  delivered: { from: ['completed'], fence: byOwner, then: delivered },
}

// The engine

function claimed(
  row: GenerationRow,
  { leaseId, leaseMs, force }: EventOf<'claimed'>,
  now: Date,
): Change | null {
  const isLeft = !isFinalState(row.state) || row.deletedAt || (force && mayStillSucceed(row))
  const isDue = force || row.dueAt <= now
  if (isHeld(row, now) || !isLeft || !isDue || (row.parkedAt && !force)) return null
  const leaseUntil = after(now, leaseMs)
  // If the process dies, the sweep finds the row due when the lease ends.
  const lease = { leaseId, leaseUntil, dueAt: leaseUntil }
  return row.parkedAt ? { patch: { ...lease, parkedAt: null, wait: null } } : { patch: lease }
}

function leaseRenewed(row: GenerationRow, { leaseMs }: EventOf<'lease_renewed'>, now: Date) {
  const leaseUntil = after(now, leaseMs)
  return { patch: { leaseUntil, dueAt: dueAt(row, leaseUntil) } }
}

function woken(row: GenerationRow, event: EventOf<'woken'>, now: Date): Change | null {
  const { idempotencyKey: key, orGivenUp = false } = event
  const isMeant =
    key === undefined ||
    row.attemptKey === key ||
    (orGivenUp && (row.state === 'queued' || row.state === 'failed'))
  const isLeft = !isFinalState(row.state) || mayStillSucceed(row) || row.deletedAt !== null
  return isMeant && isLeft ? { patch: { dueAt: now } } : null
}

const parkAfterMs = 24 * 60 * 60_000

/** A step that throws says nothing of the generation: it is taken again, slower, and after a day by hand only. */
function crashed(row: GenerationRow, { retryMs }: EventOf<'step_crashed'>, now: Date): Change {
  const crashedSince = row.crashedSince ?? now
  const failures = row.failures + 1
  const back = released(row, { dueAt: after(now, retryMs), failures }).patch
  if (now.getTime() - crashedSince.getTime() < parkAfterMs)
    return { patch: { ...back, crashedSince } }
  return { patch: { ...back, crashedSince, parkedAt: now, wait: { code: 'parked' } } }
}

function isHeld({ leaseUntil }: GenerationRow, now: Date) {
  return leaseUntil !== null && leaseUntil > now
}

/**
 * The moment of the next step, as the holder of the lease writes it. A wish for a sooner one (a cancel, a deletion, a
 * webhook) sets `dueAt` to now at any time; during a step that is before the end of the lease, and it is kept.
 */
function dueAt(row: GenerationRow, later: Date) {
  const isWokenMeanwhile = row.leaseUntil !== null && row.dueAt < row.leaseUntil
  return isWokenMeanwhile ? row.dueAt : later
}

type PaceOf = Pick<EventOf<'step_idle'>, 'dueAt' | 'checks' | 'failures' | 'lostSince'>

/** Gives the row back without a visible change. */
function released(
  row: GenerationRow,
  { dueAt: later, checks, failures, lostSince }: PaceOf,
): {
  patch: Patch
} {
  return {
    patch: {
      leaseId: null,
      leaseUntil: null,
      dueAt: dueAt(row, later),
      crashedSince: null,
      ...(checks !== undefined && { checks }),
      ...(failures !== undefined && { failures }),
      ...(lostSince !== undefined && { lostSince }),
    },
  }
}

/** Gives the row back to be taken up again at once. */
function goOn(row: GenerationRow, now: Date, patch: Patch): Patch {
  return { ...released(row, { dueAt: now }).patch, ...patch }
}

// The queue

const outOfQueue = { wait: null, checks: 0, failures: 0, lostSince: null } as const

function heldBack(row: GenerationRow, { wait, ...pace }: EventOf<'held_back'>): Change {
  return { patch: { ...released(row, pace).patch, wait } }
}

function moved(row: GenerationRow, route: NewRoute, now: Date): Change {
  const { reason: routeReason, ...at } = route
  const patch = { state: 'queued', ...at, routeReason, attemptKey: null, ...outOfQueue } as const
  return { patch: goOn(row, now, { ...patch, slotUntil: null }), enqueue: true }
}

function slotTaken(row: GenerationRow, event: EventOf<'slot_taken'>, now: Date): Change | null {
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

function prepareRefused(row: GenerationRow, event: EventOf<'prepare_refused'>, now: Date): Change {
  const { attempt, error, next } = event
  const ended = refusal(error, now)
  const change = afterRefusal(row, next, error, now)
  return { ...change, newAttempt: { ...attempt, ...ended } }
}

function refusal(error: Failure, now: Date) {
  const settled = settleAttempt({ priceMicros: 0 }, { kind: 'no_job' })
  return { ...settled, errorCode: error.code, errorMessage: error.userMessage, endedAt: now }
}

function afterRefusal(row: GenerationRow, next: AfterRefusal, error: Failure, now: Date): Change {
  if (next.then === 'move') return moved(row, next.route, now)
  if (next.then === 'fail') return { patch: goOn(row, now, failure(error, now)) }
  const { code: errorCode, userMessage: says } = error
  const back = released(row, { dueAt: next.dueAt, failures: row.failures + 1 }).patch
  const wait = { code: 'retry', errorCode, says } as const
  return { patch: { ...back, state: 'queued', attemptKey: null, slotUntil: null, wait } }
}

function failure({ code, userMessage }: Failure, now: Date): Patch {
  return {
    state: 'failed',
    errorCode: code,
    errorMessage: userMessage,
    finishedAt: now,
    wait: null,
    slotUntil: null,
  }
}

function gaveUp(row: GenerationRow, { error }: EventOf<'gave_up'>, now: Date): Change {
  return { patch: goOn(row, now, failure(error, now)) }
}

const noFailure = { errorCode: null, errorMessage: null, finishedAt: null } as const

function earlierJobFound(
  row: GenerationRow,
  { attemptKey, job, isCancelable }: EventOf<'earlier_job_found'>,
  now: Date,
): Change | null {
  const attempt = row.attempts.find((one) => one.idempotencyKey === attemptKey)
  return attempt && isOpenAttempt(attempt) ? reattach(row, attempt, job, now, isCancelable) : null
}

type Attempt = GenerationRow['attempts'][number]

/** Puts a generation back to the job of an attempt it had gone on without. */
function reattach(
  row: GenerationRow,
  attempt: Attempt,
  job: EventOf<'job_made'>['job'],
  now: Date,
  isCancelable = row.isCancelable && row.provider === attempt.provider,
): Change {
  const { idempotencyKey, provider, providerLabel, priceMicros, reason, startedAt } = attempt
  return {
    attempt: accepted(idempotencyKey, job, attempt),
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

// Submits

function accepted(
  idempotencyKey: string,
  { providerJobId }: { providerJobId?: string },
  before?: Pick<Attempt, 'providerJobId'>,
) {
  const named = providerJobId ?? before?.providerJobId ?? null
  return { idempotencyKey, set: { outcome: 'accepted', providerJobId: named } as const }
}

function submitOutcome(
  row: GenerationRow,
  { idempotencyKey, job }: EventOf<'job_made'>,
  now: Date,
) {
  return {
    attempt: accepted(idempotencyKey, job),
    patch: goOn(row, now, {
      state: 'waiting',
      operation: job.operation,
      slotUntil: row.deadlineAt,
      ...outOfQueue,
    }),
  }
}

function madeAtOnce(row: GenerationRow, event: EventOf<'made_at_once'>, now: Date): Change {
  return {
    attempt: ended(row, event.idempotencyKey, { kind: 'made' }, now),
    patch: goOn(row, now, { ...storing, output: event.output }),
  }
}

const storing = {
  state: 'storing',
  progress: 100,
  slotUntil: null,
  wait: { code: 'saving' },
  failures: 0,
  lostSince: null,
} as const

function submitRefused(row: GenerationRow, event: EventOf<'submit_refused'>, now: Date): Change {
  const { idempotencyKey, error, next } = event
  const set = refusal(error, now)
  return { ...afterRefusal(row, next, error, now), attempt: { idempotencyKey, set } }
}

function submitFailed(row: GenerationRow, event: EventOf<'submit_failed'>, now: Date): Change {
  const { idempotencyKey, error } = event
  return {
    attempt: ended(row, idempotencyKey, { kind: 'failed' }, now, error),
    patch: goOn(row, now, failure(error, now)),
  }
}

function submitLost(row: GenerationRow, { idempotencyKey }: EventOf<'submit_lost'>, now: Date) {
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

function submitNotFound(
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

/** How an attempt ended, and what it cost; one whose bill is known already keeps it. */
function ended(row: GenerationRow, key: string, end: JobEnd, now: Date, error?: Failure) {
  const settled = settleAttempt(priced(row, key), end)
  const why = error && { errorCode: error.code, errorMessage: error.userMessage }
  return { idempotencyKey: key, set: { ...settled, ...why, endedAt: now } }
}

function priced({ attempts, priceMicros }: GenerationRow, key: string) {
  return attempts.find((one) => one.idempotencyKey === key) ?? { priceMicros }
}

/**
 * An answer that came when its generation had gone on without it: what became of the attempt is known from now on, and
 * where it made a job and no other submit is under way, the generation goes back to that job instead of paying again.
 */
function lateAnswer(row: GenerationRow, event: GenerationEvent, now: Date): Change | null {
  const late =
    'idempotencyKey' in event &&
    row.attempts.find((one) => one.idempotencyKey === event.idempotencyKey)
  const set = late ? settleLate(late, event, now) : null
  if (!late || !set) return null
  const settled = { attempt: { idempotencyKey: late.idempotencyKey, set }, patch: {} }
  const isFree = row.state === 'queued' || row.state === 'submit_unknown'
  if (!isFree || late.outcome === 'canceled') return withCost(row, settled)
  if (event.type === 'job_made') return withCost(row, reattach(row, late, event.job, now))
  if (event.type !== 'made_at_once') return withCost(row, settled)
  const back = reattach(row, late, { operation: null }, now).patch
  return withCost(row, { ...settled, patch: { ...back, ...storing, output: event.output } })
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
      return accepted('', event.job, attempt).set
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

// The job

function jobPending(row: GenerationRow, event: EventOf<'job_pending'>): Change {
  const { progress, says, operation, isDelayed, ...pace } = event
  return {
    patch: {
      ...released(row, { failures: 0, lostSince: null, ...pace }).patch,
      isDelayed,
      wait: says === undefined ? null : { code: 'provider_says', says },
      ...shownProgress(row, progress),
      ...(operation !== undefined && { operation }),
    },
  }
}

/** A provider's figure may jump back; what the user has seen does not. Whole percents are news, parts of them are not. */
function shownProgress(row: GenerationRow, progress: number | undefined): Patch {
  const shown = row.progress ?? 0
  if (progress === undefined) return {}
  if (row.progress !== null && Math.floor(progress) <= Math.floor(shown)) return {}
  return { progress: Math.max(shown, progress) }
}

function progressReported(row: GenerationRow, { progress }: EventOf<'progress_reported'>) {
  const patch = shownProgress(row, progress)
  return patch.progress === undefined ? null : { patch }
}

function checkFailed(row: GenerationRow, event: EventOf<'check_failed'>): Change {
  const { wait = row.wait, isDelayed, ...pace } = event
  return { patch: { ...released(row, pace).patch, wait, isDelayed } }
}

function jobDone(row: GenerationRow, event: EventOf<'job_done'>, now: Date): Change {
  const { output, note, reportedMicros } = event
  const done = ended(row, row.attemptKey!, { kind: 'made', reportedMicros }, jobDoneAt(row) ?? now)
  // Asked for again, it keeps its words until the bytes are here.
  const wait = row.wait?.code === 'link_not_ready' ? row.wait : storing.wait
  return {
    attempt: { ...done, set: { ...done.set, errorCode: null, errorMessage: null } },
    patch: goOn(row, now, {
      ...storing,
      ...noFailure,
      wait,
      output: note === undefined ? output : { ...output, note },
      isCostReported: reportedMicros !== undefined,
    }),
  }
}

function jobFailed(row: GenerationRow, event: EventOf<'job_failed'>, now: Date): Change {
  const { error, reportedMicros } = event
  return {
    attempt: ended(row, row.attemptKey!, { kind: 'failed', reportedMicros }, now, error),
    patch: {
      ...goOn(row, now, failure(error, now)),
      isCostReported: reportedMicros !== undefined,
    },
  }
}

// Storage

function stored(row: GenerationRow, { asset }: EventOf<'stored'>, now: Date): Change {
  const { note = null } = row.output as { note?: string }
  return {
    asset,
    patch: goOn(row, now, {
      state: 'completed',
      assetId: asset.id,
      note,
      output: null,
      wait: null,
      finishedAt: now,
    }),
  }
}

function storeDelayed(row: GenerationRow, { wait, ...pace }: EventOf<'store_delayed'>): Change {
  const shown = row.wait?.code === 'link_not_ready' ? row.wait : wait
  return { patch: { ...released(row, pace).patch, wait: shown } }
}

function outputNotReady(row: GenerationRow, event: EventOf<'output_not_ready'>): Change {
  const wait = { code: 'link_not_ready', providerLabel: row.providerLabel } as const
  const back = released(row, { dueAt: event.dueAt, failures: 0 }).patch
  return { patch: { ...back, state: 'waiting', output: null, wait } }
}

function outputLost(row: GenerationRow, { error }: EventOf<'output_lost'>, now: Date): Change {
  return { patch: goOn(row, now, failure(error, now)) }
}

// Commands

/** A command is a wish of a hand: also a parked generation is taken up for it. */
function atOnce(now: Date) {
  return { dueAt: now, parkedAt: null }
}

function cancelRequested(row: GenerationRow, _: EventOf<'cancel_requested'>, now: Date): Change {
  return { patch: { cancelRequestedAt: now, ...atOnce(now), wait: { code: 'canceling' } } }
}

function canceled(row: GenerationRow, { end }: EventOf<'canceled'>, now: Date): Change {
  const over = { state: 'canceled', finishedAt: now, wait: null, slotUntil: null } as const
  return { ...givenUp(row, end, now), patch: goOn(row, now, over) }
}

/** What the end of its job makes of the current attempt, where that is not settled already. */
function givenUp(row: GenerationRow, end: JobEnd | null, now: Date): Pick<Change, 'attempt'> {
  const current = currentAttempt(row)
  const isGoingOn = current && (current.outcome === 'submitting' || isOpenAttempt(current))
  if (!end || !isGoingOn) return {}
  const done = ended(row, current.idempotencyKey, end, now)
  return { attempt: { ...done, set: { ...done.set, outcome: 'canceled' } } }
}

function deleteRequested(_: GenerationRow, __: EventOf<'delete_requested'>, now: Date): Change {
  return { patch: { deletedAt: now, ...atOnce(now) } }
}

function removed(row: GenerationRow, { end }: EventOf<'removed'>, now: Date): Change {
  return { ...givenUp(row, end, now), patch: {}, remove: true }
}

function resubmitRequested(
  row: GenerationRow,
  _: EventOf<'resubmit_requested'>,
  now: Date,
): Change | null {
  // Not while a step looks for the first one's job.
  if (isHeld(row, now)) return null
  return {
    enqueue: true,
    patch: {
      state: 'queued',
      attemptKey: null,
      slotUntil: null,
      dueAt: now,
      routeReason: 'Tried again at your wish.',
      ...outOfQueue,
    },
  }
}

function delivered(row: GenerationRow, { by }: EventOf<'delivered'>, now: Date): Change | null {
  return row.deliveredBy ? null : { patch: { deliveredBy: by, deliveredAt: now } }
}

// What holds for every change

function after(now: Date, ms: number) {
  return new Date(now.getTime() + ms)
}

function assertLegal(row: GenerationRow, change: Change): Change {
  const { state } = change.patch
  if (state && state !== row.state && !nextStates[row.state].includes(state))
    throw new Error(`generation ${row.id} must not go from ${row.state} to ${state}`)
  return change
}

const pricedStates: readonly GenerationState[] = ['storing', ...finalStates]

/** The cost of a generation follows from its attempts, whatever has happened. */
function withCost(row: GenerationRow, change: Change): Change {
  const { attempt, newAttempt, patch, remove } = change
  const isOver = pricedStates.includes(patch.state ?? row.state)
  if (remove || (!attempt && !newAttempt && !patch.state)) return change
  const attempts = row.attempts.map((one) =>
    one.idempotencyKey === attempt?.idempotencyKey ? { ...one, ...attempt.set } : one,
  )
  const all = newAttempt ? [...attempts, { costMicros: null, ...newAttempt }] : attempts
  return { ...change, patch: { ...patch, costMicros: isOver ? costOfAttempts(all) : null } }
}
