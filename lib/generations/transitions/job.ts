import type { EventOf } from '../events.ts'
import { type GenerationRow, jobDoneAt } from '../row.ts'
import { believed } from '../settlement.ts'
import {
  type Change,
  type Patch,
  ended,
  failure,
  goOn,
  noFailure,
  released,
  storing,
} from './change.ts'

export function jobPending(row: GenerationRow, event: EventOf<'job_pending'>): Change {
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

export function progressReported(row: GenerationRow, { progress }: EventOf<'progress_reported'>) {
  const patch = shownProgress(row, progress)
  return patch.progress === undefined ? null : { patch }
}

export function checkFailed(row: GenerationRow, event: EventOf<'check_failed'>): Change {
  const { wait = row.wait, isDelayed, ...pace } = event
  return { patch: { ...released(row, pace).patch, wait, isDelayed } }
}

export function jobDone(row: GenerationRow, event: EventOf<'job_done'>, now: Date): Change {
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
      isCostReported: isReported(row, reportedMicros),
    }),
  }
}

/**
 * One that the provider had said is done keeps that bill. Where only the catalogue has told it, the attempt stays one that
 * was made, its film lost: the user pays for a failure by the provider's own word alone.
 */
export function jobFailed(row: GenerationRow, event: EventOf<'job_failed'>, now: Date): Change {
  const { error, reportedMicros } = event
  const isCostReported = isReported(row, reportedMicros)
  const isLost = jobDoneAt(row) !== null && !isCostReported
  const why = { errorCode: error.code, errorMessage: error.userMessage }
  return {
    attempt: isLost
      ? { idempotencyKey: row.attemptKey!, set: why }
      : ended(row, row.attemptKey!, { kind: 'failed', reportedMicros }, now, error),
    patch: { ...goOn(row, now, failure(error, now)), isCostReported },
  }
}

/** Whether what it costs is the provider's word: also where it said so when it was done before. */
function isReported(row: GenerationRow, reportedMicros: number | undefined) {
  return believed(reportedMicros) !== undefined || (row.isCostReported && jobDoneAt(row) !== null)
}

// Storage

export function stored(
  row: GenerationRow,
  { asset, note: said }: EventOf<'stored'>,
  now: Date,
): Change {
  const { note = said ?? null } = row.output as { note?: string }
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

export function storeDelayed(
  row: GenerationRow,
  { wait, ...pace }: EventOf<'store_delayed'>,
): Change {
  const shown = row.wait?.code === 'link_not_ready' ? row.wait : wait
  return { patch: { ...released(row, pace).patch, wait: shown } }
}

export function outputNotReady(row: GenerationRow, event: EventOf<'output_not_ready'>): Change {
  const wait = {
    code: 'link_not_ready',
    providerLabel: row.providerLabel,
    ...(event.isFilmBroken && { isFilmBroken: true }),
  } as const
  const back = released(row, { dueAt: event.dueAt, failures: 0 }).patch
  return { patch: { ...back, state: 'waiting', output: null, wait } }
}

export function outputLost(
  row: GenerationRow,
  { error }: EventOf<'output_lost'>,
  now: Date,
): Change {
  return { patch: goOn(row, now, failure(error, now)) }
}
