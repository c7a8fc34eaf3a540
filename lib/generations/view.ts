import { withBasePath } from '#lib/contract/calls/base-path'
import type { AttemptView, FileView } from '#lib/contract/file-view'
import { isRetryable } from '#lib/contract/problem'
import { noInputs } from '#lib/contract/generation-inputs'
import { pricedMicros, usdOf } from '#lib/contract/money'
import { waitMessage } from '#lib/contract/wait'
import { type Sentence, ofKind } from '#lib/messages/message'
import { inEnglish } from '#lib/messages/translate'
import { type KeptWork, mediaTypeOf } from '#lib/contract/generation'
import { posterOf } from '../assets/poster.ts'
import { videoFiles } from '../kinds/video.ts'
import { type GenerationAttempt, type GenerationRow, jobDoneAt } from './row.ts'
import { isFinalState, mayBeBilled, statusOfState } from './states.ts'

/** The one serializer: stream, poll, check and history show a row in exactly this shape. */
export function fileViewOf(row: GenerationRow): FileView {
  const kept = row.settings
  const { inputs, isSeedGiven: _, enableFallback: __, work, width, height, ...settings } = kept
  const media = mediaTypeOf(row)
  const sentence = row.wait ? waitMessage(row.wait) : row.note
  const said = sentence && ofKind(sentence, media)
  return {
    id: row.id,
    version: row.version,
    type: media,
    kind: row.kind,
    status: statusOfState(row.state),
    state: row.state,
    settings: {
      prompt: row.prompt,
      model: row.model,
      ...settings,
      inputs: inputs ?? noInputs,
      ...(work && { work: withoutJob(work) }),
      maxUsd: row.limitMicros === null ? null : usdOf(row.limitMicros),
    },
    modelLabel: row.modelLabel,
    providerLabel: row.providerLabel,
    routeReason: inEnglish(row.routeReason),
    routeReasonRef: row.routeReason,
    attempts: row.attempts.map((one) => attemptViewOf(one, row)),
    isDelayed: row.isDelayed && !isFinalState(row.state),
    isDemo: row.isDemo,
    progress: row.progress,
    wait: row.wait,
    message: said && inEnglish(said),
    messageRef: said,
    queuePlace: row.queuePlace,
    expected: row.expected,
    error: errorOf(row),
    ...mediaOf(row),
    width: row.asset?.width ?? width,
    height: row.asset?.height ?? height,
    cost: costOf(row),
    canCancel: !isFinalState(row.state) && !row.cancelRequestedAt && row.state !== 'storing',
    isBilledAnyway: (!row.isCancelable || jobDoneAt(row) !== null) && mayBeBilled(row.state),
    deliveredBy: row.deliveredBy,
    deliveredAfterMs: deliveredAfterMs(row),
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}

/** The provider's name of a job is for the attempts of that job. */
function withoutJob({ job: _, ...work }: KeptWork) {
  return work
}

function costOf(row: GenerationRow): FileView['cost'] {
  const { priceFactor, heldMicros, chargedMicros } = row
  const isSettled = heldMicros !== null && chargedMicros !== null
  return {
    estimatedUsd: usdOf(row.quotedMicros),
    upToUsd: usdOf(row.ceilingMicros),
    providerUsd: usdOf(pricedMicros(row.priceMicros, priceFactor)),
    actualUsd: pricedUsd(row.costMicros, priceFactor),
    isReported: row.isCostReported,
    heldUsd: heldMicros === null ? null : usdOf(heldMicros),
    chargedUsd: isSettled ? usdOf(chargedMicros) : null,
    returnedUsd: isSettled ? usdOf(heldMicros - chargedMicros) : null,
  }
}

/** What a user pays for a cost, in dollars; null while that is not known. */
function pricedUsd(costMicros: number | null, priceFactor: number) {
  return costMicros === null ? null : usdOf(pricedMicros(costMicros, priceFactor))
}

function attemptViewOf(attempt: GenerationAttempt, row: GenerationRow): AttemptView {
  const utc = (moment: string) => new Date(moment).toISOString()
  const { errorCode, errorMessage, costMicros, endedAt } = attempt
  return {
    number: attempt.number,
    provider: attempt.provider,
    providerLabel: attempt.providerLabel,
    model: attempt.model,
    reason: inEnglish(attempt.reason),
    reasonRef: attempt.reason,
    outcome: attempt.outcome,
    error: errorCode && { code: errorCode, ...messageOf(errorMessage, row) },
    reference: attempt.providerJobId,
    consoleUrl: attempt.consoleUrl,
    costUsd: pricedUsd(costMicros, row.priceFactor),
    startedAt: utc(attempt.startedAt),
    endedAt: endedAt && utc(endedAt),
  }
}

function errorOf(row: GenerationRow) {
  const { state, errorCode, errorMessage } = row
  if (state !== 'failed' || !errorCode) return null
  return { code: errorCode, ...messageOf(errorMessage, row), retryable: isRetryable(errorCode) }
}

function messageOf(sentence: Sentence | null, row: GenerationRow) {
  const said = ofKind(sentence ?? '', mediaTypeOf(row))
  return { message: inEnglish(said), messageRef: said }
}

function mediaOf({ id, state, asset }: GenerationRow) {
  const ready = state === 'completed' ? asset : null
  const urlOf = (name: string) => withBasePath(`/api/media/${id}/${name}`)
  const poster = ready && posterOf(ready)
  return {
    url: ready && urlOf(nameOf(ready.storageKey)),
    posterUrl: poster && urlOf(poster),
    posterSeconds: ready?.posterSeconds ?? null,
    filmstripUrl: ready?.filmstripFrames ? urlOf(videoFiles.filmstrip.name) : null,
    filmstripFrames: ready?.filmstripFrames ?? null,
    contentType: asset?.contentType ?? null,
    sizeBytes: asset?.sizeBytes ?? null,
    sha256: asset?.sha256 ?? null,
    durationSeconds: asset?.durationSeconds ?? null,
    videoCodec: asset?.videoCodec ?? null,
    audioCodec: asset?.audioCodec ?? null,
  }
}

function nameOf(storageKey: string) {
  return storageKey.slice(storageKey.lastIndexOf('/') + 1)
}

function deliveredAfterMs({ deliveredAt, finishedAt }: GenerationRow) {
  if (!deliveredAt || !finishedAt) return null
  return Math.max(0, deliveredAt.getTime() - finishedAt.getTime())
}
