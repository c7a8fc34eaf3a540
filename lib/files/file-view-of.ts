import { isRetryable } from '#lib/contract/error-code'
import type { FileView } from '#lib/contract/file-view'
import type { FileRow } from '../db/schema.ts'
import { isFinalState, statusOfState } from './file-states.ts'

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
    },
    modelLabel: row.modelLabel,
    isDemo: row.isDemo,
    progress: row.progress,
    message: row.message,
    queuePlace: row.state === 'queued' ? row.queuePlace : null,
    expected: expectedOf(row),
    error: errorOf(row),
    ...mediaOf(row),
    width: row.width,
    height: row.height,
    cost: { estimatedUsd: row.estimatedUsd, actualUsd: row.actualUsd },
    canCancel: canCancel(row),
    deliveredBy: row.deliveredBy,
    deliveredAfterMs: deliveredAfterMs(row),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

function expectedOf({ expectedSeconds, expectedRuns }: FileRow) {
  return expectedSeconds === null ? null : { seconds: expectedSeconds, runs: expectedRuns ?? 0 }
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
  return row.state === 'queued' || (row.state !== 'storing' && row.isCancelable)
}

function deliveredAfterMs({ deliveredAt, finishedAt }: FileRow) {
  if (!deliveredAt || !finishedAt) return null
  return Math.max(0, deliveredAt.getTime() - finishedAt.getTime())
}
