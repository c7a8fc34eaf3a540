import type { GenerationState } from '#lib/contract/file-view'
import { pricedMicros } from '#lib/contract/money'
import type { EventOf, EventType, GenerationEvent } from './events.ts'
import { isDeepStrictEqual } from 'node:util'
import { type Charge, type Charged, chargeOf } from './charge.ts'
import type { GenerationRow } from './row.ts'
import { costOfAttempts } from './settlement.ts'
import { finalStates, isFinalState, nextStates } from './states.ts'
import { type Change, released } from './transitions/change.ts'
import {
  cancelRequested,
  canceled,
  deleteRequested,
  delivered,
  removed,
  resubmitRequested,
} from './transitions/commands.ts'
import { claimed, crashed, leaseRenewed, woken } from './transitions/engine.ts'
import {
  checkFailed,
  jobDone,
  jobFailed,
  jobPending,
  outputLost,
  outputNotReady,
  progressReported,
  storeDelayed,
  stored,
} from './transitions/job.ts'
import {
  earlierJobFound,
  gaveUp,
  heldBack,
  inputsReady,
  moved,
  prepareRefused,
  restored,
  slotTaken,
} from './transitions/queue.ts'
import { noticeOf } from './transitions/notice.ts'
import { mindSpares } from './transitions/spare.ts'
import {
  jobMade,
  lateAnswer,
  madeAtOnce,
  submitFailed,
  submitLost,
  submitNotFound,
  submitRefused,
} from './transitions/submits.ts'

/**
 * The one function that changes a generation: what follows on an event, or null where the event no longer applies
 * (its sender has lost the lease, the state has moved on, it is another owner's). Pure: same row, event and moment,
 * same answer. `states.md` draws the states; the table below says which event is heard in which of them.
 */
export function transition(row: GenerationRow, event: GenerationEvent, now: Date): Change | null {
  const { from, fence, follow } = table[event.type] as Entry<GenerationEvent>
  const isHeard = fence(row, event) && (from === 'any' || from.includes(row.state))
  const change = isHeard ? follow(row, event, now) : lateAnswer(row, event, now)
  return (
    change &&
    withNotice(
      row,
      withMoney(row, withoutInputs(row, assertLegal(row, mindSpares(row, change, now)))),
    )
  )
}

function withNotice(row: GenerationRow, change: Change): Change {
  const notice = noticeOf(row, change)
  return notice ? { ...change, notice } : change
}

interface Entry<Event> {
  from: readonly GenerationState[] | 'any'
  fence: (row: GenerationRow, event: Event) => boolean
  follow: (row: GenerationRow, event: Event, now: Date) => Change | null
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

function on<Event extends object>(
  from: Entry<Event>['from'],
  fence: Fence,
  follow: Entry<Event>['follow'],
): Entry<Event> {
  return { from, fence, follow }
}

const table: { [Type in EventType]: Entry<EventOf<Type>> } = {
  // event           heard in               fenced by  what follows
  claimed: on('any', open, claimed),
  lease_renewed: on('any', byLease, leaseRenewed),
  woken: on('any', open, woken),
  step_idle: on('any', byLease, (row, pace) => released(row, pace)),
  step_crashed: on('any', byLease, crashed),

  held_back: on(['queued'], byLease, heldBack),
  inputs_ready: on(['queued'], byLease, inputsReady),
  moved: on(['queued'], byLease, (row, { route }, now) => moved(row, route, now)),
  prepare_refused: on(['queued'], byLease, prepareRefused),
  slot_taken: on(['queued'], byLease, slotTaken),
  gave_up: on(['queued'], byLease, gaveUp),
  restored: on(['queued'], open, restored),
  earlier_job_found: on(['queued', 'submit_unknown', 'failed'], byLease, earlierJobFound),

  job_made: on(inSubmit, byKey, jobMade),
  made_at_once: on([...inSubmit, 'waiting', 'failed'], byKey, madeAtOnce),
  submit_refused: on(inSubmit, byKey, submitRefused),
  submit_failed: on(inSubmit, byKey, submitFailed),
  submit_lost: on(['submitting'], byKey, submitLost),
  submit_not_found: on(inSubmit, byLease, submitNotFound),

  job_pending: on(['waiting'], byLease, jobPending),
  progress_reported: on(['waiting'], byKey, progressReported),
  check_failed: on(['waiting'], byLease, checkFailed),
  job_done: on(['waiting', 'failed'], byLease, jobDone),
  job_failed: on(['waiting'], byLease, jobFailed),

  stored: on(['storing'], byLease, stored),
  store_delayed: on(['storing'], byLease, storeDelayed),
  output_not_ready: on(['storing'], byLease, outputNotReady),
  output_lost: on(['storing', 'waiting'], byLease, outputLost),

  cancel_requested: on(mayCancel, byOwner, cancelRequested),
  canceled: on(['queued', 'submit_unknown', 'waiting'], byLease, canceled),
  delete_requested: on('any', byOwner, deleteRequested),
  removed: on('any', byLease, removed),
  resubmit_requested: on(['submit_unknown'], byOwner, resubmitRequested),
  delivered: on(['completed'], byOwner, delivered),
  poster_changed: on(['completed'], byOwner, () => ({ patch: {}, isShown: true })),
}

function assertLegal(row: GenerationRow, change: Change): Change {
  const { state } = change.patch
  if (state && state !== row.state && !nextStates[row.state].includes(state))
    throw new Error(`generation ${row.id} must not go from ${row.state} to ${state}`)
  return change
}

/** One that has ended waits for nothing: it is not to be found due for that again. */
function withoutInputs(row: GenerationRow, change: Change): Change {
  const { state } = change.patch
  if (!row.waitsFor || !state || !isFinalState(state)) return change
  return { ...change, patch: { ...change.patch, waitsFor: null } }
}

const pricedStates: ReadonlySet<GenerationState> = new Set(['storing', ...finalStates])

/** What a generation cost, and what becomes of the money held for it, follows from its attempts, whatever has happened. */
function withMoney(row: GenerationRow, change: Change): Change {
  const { attempt, newAttempt, patch, remove } = change
  if (!attempt && !newAttempt && !patch.state && !remove) return change
  const attempts = attemptsAfter(row, change)
  const state = patch.state ?? row.state
  const video = remove && !isFinalState(row.state) ? 'removed' : { ...row, ...patch }
  const settled = withCharge(row, change, chargeOf(video, attempts))
  if (remove) return settled
  const costMicros = pricedStates.has(state) ? costOfAttempts(attempts) : null
  return { ...settled, patch: { ...settled.patch, costMicros } }
}

function attemptsAfter(row: GenerationRow, { attempt, newAttempt }: Change): Charged[] {
  const attempts = row.attempts.map((one) =>
    one.idempotencyKey === attempt?.idempotencyKey ? { ...one, ...attempt.set } : one,
  )
  return newAttempt
    ? [...attempts, { outcome: 'submitting', costMicros: null, ...newAttempt }]
    : attempts
}

/** Only where money is held, and only news of it. What is charged at first is certain, and on the row at once. */
function withCharge(row: GenerationRow, change: Change, charge: Charge): Change {
  const { heldMicros, chargedMicros, priceFactor } = row
  const isNews = !isDeepStrictEqual(charge, chargeOf(row, row.attempts))
  if (heldMicros === null || !isNews) return change
  if (charge.kind === 'keep' || chargedMicros !== null) return { ...change, charge }
  const charged = Math.min(heldMicros, pricedMicros(charge.costMicros, priceFactor))
  return { ...change, charge, patch: { ...change.patch, chargedMicros: charged } }
}
