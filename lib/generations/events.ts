import type { ErrorCode } from '#lib/contract/problem'
import type { DeliveryChannel } from '#lib/contract/file-view'
import type { WaitReason } from '#lib/contract/wait'
import type { Sentence } from '#lib/messages/message'
import type { ProviderJob, ProviderOutput } from '../ai/providers/provider.ts'
import type { NewAsset } from '../assets/assets.ts'
import type { AttemptRow } from '../db/generation-schema.ts'
import type { JobEnd } from './settlement.ts'

// What can happen to a generation. Steps, commands and webhooks say only what happened; `transition` knows what
// follows. An event is fenced by what its sender holds: the lease of the step, the idempotency key of the attempt
// (an answer to a paid call counts also when the lease is lost), or the owner's id.

/** An error as it is written down: its code, and a sentence for the user. */
export interface Failure {
  code: ErrorCode
  userMessage: Sentence
}

/** An attempt that begins; its number is given when it is written. */
export type NewAttempt = Pick<
  AttemptRow,
  | 'idempotencyKey'
  | 'provider'
  | 'providerLabel'
  | 'model'
  | 'reason'
  | 'consoleUrl'
  | 'priceMicros'
  | 'startedAt'
>

/** A provider that takes a generation over. */
export interface NewRoute {
  provider: string
  providerLabel: string
  isCancelable: boolean
  priceMicros: number
  /** Why this one, for the user. */
  reason: Sentence
}

/** What follows on a refusal that proves that no job was made. */
export type AfterRefusal =
  | { action: 'retry'; dueAt: Date }
  | { action: 'move'; route: NewRoute }
  | { action: 'fail' }

interface ByLease {
  leaseId: string
}
interface ByKey {
  idempotencyKey: string
}
interface ByOwner {
  ownerId: string
}

/** How the next look is paced; what is absent stays as it is. */
interface Pace {
  dueAt: Date
  checks?: number
  failures?: number
  lostSince?: Date | null
}

/** The engine takes and gives back. None of these is seen by a user. */
type EngineEvent =
  | ({ type: 'claimed'; leaseMs: number; force: boolean } & ByLease)
  | ({ type: 'lease_renewed'; leaseMs: number } & ByLease)
  /** A hint came that there may be news of an attempt; of one that was given up only where `orGivenUp`. */
  | { type: 'woken'; idempotencyKey?: string; orGivenUp?: boolean }
  | ({ type: 'step_idle' } & Pace & ByLease)
  | ({ type: 'step_crashed'; retryMs: number } & ByLease)

type QueueEvent =
  | ({ type: 'held_back'; wait: WaitReason } & Pace & ByLease)
  /** All that it is made from is completed. */
  | ({ type: 'inputs_ready' } & ByLease)
  | ({ type: 'moved'; route: NewRoute } & ByLease)
  | ({ type: 'prepare_refused'; attempt: NewAttempt; error: Failure; next: AfterRefusal } & ByLease)
  | ({ type: 'slot_taken'; attempt: NewAttempt; deadlineAt: Date } & ByLease)
  | ({ type: 'gave_up'; error: Failure } & ByLease)
  /** Its row is a copy from a backup: what was made of the original since is not known. */
  | { type: 'restored'; attempt: NewAttempt }
  /** The job of an attempt that the generation had gone on without. */
  | ({
      type: 'earlier_job_found'
      attemptKey: string
      job: ProviderJob
      isCancelable: boolean
    } & ByLease)

type SubmitEvent =
  | ({ type: 'job_made'; job: ProviderJob } & ByKey)
  | ({ type: 'made_at_once'; output: ProviderOutput } & ByKey)
  | ({ type: 'submit_refused'; error: Failure; next: AfterRefusal } & ByKey)
  /** The provider says that it made a job and failed with it. */
  | ({ type: 'submit_failed'; error: Failure } & ByKey)
  | ({ type: 'submit_lost' } & ByKey)
  /** A look-up told nothing of a job. `isProof` only where a submit again costs nothing in any case. */
  | ({ type: 'submit_not_found'; isProof: boolean } & Pace & ByLease)

type JobEvent =
  | ({
      type: 'job_pending'
      progress?: number
      says?: Sentence
      operation?: unknown
      isDelayed: boolean
    } & Pace &
      ByLease)
  | ({ type: 'progress_reported'; progress: number } & ByKey)
  | ({ type: 'check_failed'; wait?: WaitReason; isDelayed: boolean } & Pace & ByLease)
  | ({
      type: 'job_done'
      output: ProviderOutput
      note?: Sentence
      reportedMicros?: number
    } & ByLease)
  | ({ type: 'job_failed'; error: Failure; reportedMicros?: number } & ByLease)

type StorageEvent =
  /** `note` is what storing has to say of it; what the provider has said stays otherwise. */
  | ({ type: 'stored'; asset: NewAsset; note?: Sentence } & ByLease)
  | ({ type: 'store_delayed'; wait: WaitReason } & Pace & ByLease)
  | ({ type: 'output_not_ready'; dueAt: Date; isFilmBroken?: boolean } & ByLease)
  | ({ type: 'output_lost'; error: Failure } & ByLease)

type CommandEvent =
  | ({ type: 'cancel_requested' } & ByOwner)
  | ({ type: 'canceled'; end: JobEnd | null } & ByLease)
  | ({ type: 'delete_requested' } & ByOwner)
  /** Every byte is gone: the row goes too, and what was spent stays known. */
  | ({ type: 'removed'; end: JobEnd | null } & ByLease)
  | ({ type: 'resubmit_requested' } & ByOwner)
  | ({ type: 'delivered'; by: DeliveryChannel } & ByOwner)
  /** Its asset got another poster, in the same transaction. */
  | ({ type: 'poster_changed' } & ByOwner)

export type GenerationEvent =
  | EngineEvent
  | QueueEvent
  | SubmitEvent
  | JobEvent
  | StorageEvent
  | CommandEvent

export type EventType = GenerationEvent['type']
export type EventOf<Type extends EventType> = Extract<GenerationEvent, { type: Type }>
