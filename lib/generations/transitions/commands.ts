import { message } from '#lib/messages/message'
import type { EventOf } from '../events.ts'
import { type GenerationRow, currentAttempt } from '../row.ts'
import type { JobEnd } from '../settlement.ts'
import { isOpenAttempt } from '../states.ts'
import { type Change, ended, goOn, isHeld, outOfQueue } from './change.ts'

/** A command is a wish of a hand: also a parked generation is taken up for it. */
function atOnce(now: Date) {
  return { dueAt: now, parkedAt: null }
}

export function cancelRequested(
  row: GenerationRow,
  _: EventOf<'cancel_requested'>,
  now: Date,
): Change {
  return { patch: { cancelRequestedAt: now, ...atOnce(now), wait: { code: 'canceling' } } }
}

export function canceled(row: GenerationRow, { end }: EventOf<'canceled'>, now: Date): Change {
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

export function deleteRequested(
  _: GenerationRow,
  __: EventOf<'delete_requested'>,
  now: Date,
): Change {
  return { patch: { deletedAt: now, ...atOnce(now) } }
}

export function removed(row: GenerationRow, { end }: EventOf<'removed'>, now: Date): Change {
  return { ...(lostFilm(row) ?? givenUp(row, end, now)), patch: {}, remove: true }
}

/** Its film was lost, and not billed as far as is known: what its attempt says of that outlives the row, as who pays does. */
function lostFilm(row: GenerationRow): Pick<Change, 'attempt'> | undefined {
  const { state, isCostReported, errorCode, errorMessage } = row
  const current = currentAttempt(row)
  if (state !== 'failed' || isCostReported || current?.outcome !== 'completed') return undefined
  return { attempt: { idempotencyKey: current.idempotencyKey, set: { errorCode, errorMessage } } }
}

export function resubmitRequested(
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
      routeReason: message('route.retried'),
      ...outOfQueue,
    },
  }
}

export function delivered(
  row: GenerationRow,
  { by }: EventOf<'delivered'>,
  now: Date,
): Change | null {
  return row.deliveredBy ? null : { patch: { deliveredBy: by, deliveredAt: now } }
}
