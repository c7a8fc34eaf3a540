import type { EventOf } from '../events.ts'
import type { GenerationRow } from '../row.ts'
import { isFinalState, mayStillSucceed } from '../states.ts'
import { type Change, after, dueAt, isHeld, released, withoutJob } from './change.ts'

export function claimed(
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

export function leaseRenewed(row: GenerationRow, { leaseMs }: EventOf<'lease_renewed'>, now: Date) {
  const leaseUntil = after(now, leaseMs)
  return { patch: { leaseUntil, dueAt: dueAt(row, leaseUntil) } }
}

export function woken(row: GenerationRow, event: EventOf<'woken'>, now: Date): Change | null {
  const { idempotencyKey: key, orGivenUp = false } = event
  const isMeant =
    key === undefined || row.attemptKey === key || (orGivenUp && withoutJob.has(row.state))
  const isLeft = !isFinalState(row.state) || mayStillSucceed(row) || row.deletedAt !== null
  if (!isMeant || !isLeft) return null
  // A hint from outside is worth one more try of a parked one; should it throw again, it is parked at once.
  return { patch: row.parkedAt ? { dueAt: now, parkedAt: null, wait: null } : { dueAt: now } }
}

const parkAfterMs = 24 * 60 * 60_000

/**
 * A step that throws says nothing of the generation: it is taken again, slower, and after a day by hand only. One that is
 * deleted is shown to no hand any more: its bytes go, and what is held for it is settled, as soon as the step succeeds.
 */
export function crashed(
  row: GenerationRow,
  { retryMs }: EventOf<'step_crashed'>,
  now: Date,
): Change {
  const crashedSince = row.crashedSince ?? now
  const failures = row.failures + 1
  const back = released(row, { dueAt: after(now, retryMs), failures }).patch
  if (row.deletedAt || now.getTime() - crashedSince.getTime() < parkAfterMs)
    return { patch: { ...back, crashedSince } }
  return { patch: { ...back, crashedSince, parkedAt: now, wait: { code: 'parked' } } }
}
