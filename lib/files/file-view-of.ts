import { isRetryable } from '#lib/contract/error-code'
import type { FileView } from '#lib/contract/file-view'
import type { AttemptView } from '#lib/contract/attempt-view'
import { noInputs } from '#lib/contract/generation-inputs'
import type { FileAttempt, FileRow } from './file-row.ts'
import { isFinalState, mayBeBilled, statusOfState } from './file-states.ts'
import { madeAt } from './made-at.ts'

/** The one serializer: stream, poll, check and history show a row in exactly this shape. */
export function fileViewOf(row: FileRow): FileView {
  return {
    id: row.id,
    version: row.version,
    type: 'video',
    status: statusOfState(row.state),
    state: row.state,
    settings: {
      prompt: row.prompt,
      model: row.model,
      aspectRatio: row.aspectRatio,
      duration: row.duration,
      resolution: row.resolution,
      seed: row.seed,
      negativePrompt: row.negativePrompt,
      generateAudio: row.generateAudio,
      inputs: row.inputs ?? noInputs,
      maxUsd: row.maxUsd,
    },
    modelLabel: row.modelLabel,
    providerLabel: row.providerLabel,
    routeReason: row.routeReason,
    attempts: row.attempts.map(attemptViewOf),
    isDelayed: row.isDelayed && !isFinalState(row.state),
    isDemo: row.isDemo,
    progress: row.progress,
    message: row.message,
    queuePlace: row.state === 'queued' ? row.queuePlace : null,
    expected: expectedOf(row),
    error: errorOf(row),
    ...mediaOf(row),
    width: row.width,
    height: row.height,
    cost: {
      estimatedUsd: row.estimatedUsd,
      upToUsd: Math.max(row.upToUsd, row.estimatedUsd),
      providerUsd: row.providerUsd ?? row.estimatedUsd,
      actualUsd: row.actualUsd,
      isReported: row.isCostReported,
    },
    canCancel: canCancel(row),
    isBilledAnyway: (!row.isCancelable || madeAt(row) !== null) && mayBeBilled(row.state),
    deliveredBy: row.deliveredBy,
    deliveredAfterMs: deliveredAfterMs(row),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

function expectedOf({ expectedSeconds, expectedP90Seconds, expectedRuns }: FileRow) {
  if (expectedSeconds === null) return null
  return { seconds: expectedSeconds, p90Seconds: expectedP90Seconds, runs: expectedRuns ?? 0 }
}

function attemptViewOf({
  errorCode,
  errorMessage,
  isInHand: _,
  ...shown
}: FileAttempt): AttemptView {
  const utc = (moment: string) => new Date(moment).toISOString()
  return {
    ...shown,
    error: errorCode && { code: errorCode, message: errorMessage ?? '' },
    startedAt: utc(shown.startedAt),
    endedAt: shown.endedAt && utc(shown.endedAt),
  }
}

function errorOf({ state, errorCode, errorMessage }: FileRow) {
  if (state !== 'failed' || !errorCode) return null
  return { code: errorCode, message: errorMessage ?? '', retryable: isRetryable(errorCode) }
}

function mediaOf(row: FileRow) {
  const isReady = row.state === 'completed'
  const urlOf = (name: string) => `/api/media/${row.id}/${name}`
  return {
    url: isReady ? urlOf('video.mp4') : null,
    posterUrl: isReady && row.hasPoster ? urlOf('poster.jpg') : null,
    filmstripUrl: isReady && row.filmstripFrames ? urlOf('filmstrip.jpg') : null,
    filmstripFrames: isReady ? row.filmstripFrames : null,
    contentType: row.contentType,
    sizeBytes: row.sizeBytes,
    sha256: row.sha256,
    durationSeconds: row.durationSeconds,
    videoCodec: row.videoCodec,
    audioCodec: row.audioCodec,
  }
}

function canCancel(row: FileRow) {
  if (isFinalState(row.state) || row.cancelRequestedAt) return false
  return row.state !== 'storing'
}

function deliveredAfterMs({ deliveredAt, finishedAt }: FileRow) {
  if (!deliveredAt || !finishedAt) return null
  return Math.max(0, deliveredAt.getTime() - finishedAt.getTime())
}
