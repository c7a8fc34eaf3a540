import type { GenerationState } from '#lib/contract/file-view'
import type { NewAsset } from '../../assets/assets.ts'
import type { AttemptRow, generation } from '../../db/generation-schema.ts'
import type { Charge } from '../charge.ts'
import type { EventOf, Failure, NewAttempt } from '../events.ts'
import type { NoticeKind } from '#lib/contract/people/notices'
import { type GenerationRow } from '../row.ts'
import { type JobEnd, settleAttempt } from '../settlement.ts'

// What an event changes, and the parts that several events share.

export type Patch = Partial<typeof generation.$inferSelect>

export type AttemptPatch = Partial<
  Pick<
    AttemptRow,
    'outcome' | 'providerJobId' | 'costMicros' | 'errorCode' | 'errorMessage' | 'endedAt'
  >
>

/** What is told, and the key of it: the same logical notice has the same key, however often it comes up. */
export interface Told {
  key: string
  kind: NoticeKind
}

/** What an event changes, all of it in one transaction. */
export interface Change {
  patch: Patch
  attempt?: { idempotencyKey: string; set: AttemptPatch }
  newAttempt?: NewAttempt & AttemptPatch
  asset?: NewAsset
  /** What becomes of the money that is held for it, where that is news. */
  charge?: Charge
  /** What its starter is told of this change. */
  notice?: Told
  /** What is shown of it is another, though no column of its row is. */
  isShown?: true
  /** It gets a new turn in the queue of its provider. */
  enqueue?: true
  /** The row goes; its attempts stay. */
  remove?: true
}

/** Where no job is waited for: one of an earlier attempt is taken up, also where the generation has failed. */
export const withoutJob: ReadonlySet<GenerationState> = new Set([
  'queued',
  'submit_unknown',
  'failed',
])

export type Attempt = GenerationRow['attempts'][number]

export function after(now: Date, ms: number) {
  return new Date(now.getTime() + ms)
}

export function isHeld({ leaseUntil }: GenerationRow, now: Date) {
  return leaseUntil !== null && leaseUntil > now
}

/**
 * The moment of the next step, as the holder of the lease writes it. A wish for a sooner one (a cancel, a deletion, a
 * webhook) sets `dueAt` to now at any time; during a step that is before the end of the lease, and it is kept.
 */
export function dueAt(row: GenerationRow, later: Date) {
  const isWokenMeanwhile = row.leaseUntil !== null && row.dueAt < row.leaseUntil
  return isWokenMeanwhile ? row.dueAt : later
}

export type PaceOf = Pick<EventOf<'step_idle'>, 'dueAt' | 'checks' | 'failures' | 'lostSince'>

/** Gives the row back without a visible change. */
export function released(
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
export function goOn(row: GenerationRow, now: Date, patch: Patch): Patch {
  return { ...released(row, { dueAt: now }).patch, ...patch }
}

export const outOfQueue = { wait: null, checks: 0, failures: 0, lostSince: null } as const

export const storing = {
  state: 'storing',
  progress: 100,
  slotUntil: null,
  wait: { code: 'saving' },
  failures: 0,
  lostSince: null,
} as const

export function failure({ code, userMessage }: Failure, now: Date): Patch {
  return {
    state: 'failed',
    errorCode: code,
    errorMessage: userMessage,
    finishedAt: now,
    wait: null,
    slotUntil: null,
  }
}

export const noFailure = { errorCode: null, errorMessage: null, finishedAt: null } as const

export function accepted(
  { providerJobId }: { providerJobId?: string },
  before?: Pick<Attempt, 'providerJobId'>,
) {
  const named = providerJobId ?? before?.providerJobId ?? null
  return { outcome: 'accepted', providerJobId: named } as const
}

export function refusal(error: Failure, now: Date) {
  const settled = settleAttempt({ priceMicros: 0 }, { kind: 'no_job' })
  return { ...settled, errorCode: error.code, errorMessage: error.userMessage, endedAt: now }
}

/** How an attempt ended, and what it cost; one whose bill is known already keeps it. */
export function ended(row: GenerationRow, key: string, end: JobEnd, now: Date, error?: Failure) {
  const settled = settleAttempt(priced(row, key), end)
  const why = error && { errorCode: error.code, errorMessage: error.userMessage }
  return { idempotencyKey: key, set: { ...settled, ...why, endedAt: now } }
}

export function priced({ attempts, priceMicros }: GenerationRow, key: string) {
  return attempts.find((one) => one.idempotencyKey === key) ?? { priceMicros }
}
