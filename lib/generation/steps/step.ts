import type { Provider, ProviderContext, ProviderOutput } from '../../ai/providers/provider.ts'
import type { AttemptPatch } from '../../files/attempts.ts'
import type { FileRow } from '../../files/file-row.ts'
import type { ChangeGuard, FilePatch } from '../../files/change-file.ts'
import type { GenerationDeps } from '../deps.ts'

/** What a step is given: the row as it was claimed, who makes the video, and what to work with. */
export interface StepWork {
  row: FileRow
  leaseId: string
  provider: Provider
  deps: GenerationDeps
  /** Aborted when the step's time is up, the lease is lost or the process ends. */
  signal: AbortSignal
  /** By default with the signal of the step. */
  contextFor(token: string, signal?: AbortSignal): ProviderContext
}

/**
 * What a step wants written. `change` is told to everybody, with what became of the attempt in one transaction;
 * `keep` is for ourselves and leaves the version as it is; `remove` takes the row away, its attempts stay.
 */
export type StepResult =
  | {
      change: FilePatch
      runAt: Date
      attempt?: AttemptPatch
      guard?: ChangeGuard
      afterwards?: () => Promise<void>
    }
  | { keep: FilePatch; runAt: Date }
  | { remove: true; attempt?: AttemptPatch }

export type StepFunction = (work: StepWork) => Promise<StepResult>

/** Where the finished video can be fetched from, as the row keeps it, with what its user is to read beside it. */
export type StoredOutput = ProviderOutput & { note?: string }

/** An error as it is written down. */
export interface Failure {
  code: NonNullable<FileRow['errorCode']>
  userMessage: string
}

/** The patch that ends a generation with an error. */
export function failure(error: Failure, now: Date): FilePatch {
  return {
    state: 'failed',
    errorCode: error.code,
    errorMessage: error.userMessage,
    finishedAt: now,
    message: null,
    queuePlace: null,
  }
}

/** What is known of the bill of a video that is given up: nothing was charged where every attempt was refused. */
export function notCharged({ attempts }: FileRow): FilePatch {
  const wereRefused = attempts.every(({ outcome }) => outcome === 'refused')
  return wereRefused ? { actualUsd: 0 } : {}
}

/** The moment so many milliseconds after another. */
export function after(now: Date, ms: number) {
  return new Date(now.getTime() + ms)
}
