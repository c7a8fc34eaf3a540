import { randomInt } from 'node:crypto'
import { dimensionsOf } from '#lib/contract/video-format'
import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { findModel } from '../ai/models/find-model.ts'
import type { Model } from '../ai/models/model.ts'
import { AppError } from '../errors.ts'
import type { FileRow } from '../files/file-row.ts'
import { findFile } from '../files/find-file.ts'
import { assertIdempotencyKey, bodyHash } from '../files/idempotency-key.ts'
import { insertFile } from '../files/insert-file.ts'
import { newId } from '../ids.ts'
import { wakeFile } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { estimatedUsd } from './estimated-usd.ts'
import { expectedTime } from './expected-time.ts'
import { readGenerationRequest } from './read-generation-request.ts'

export interface StartOptions {
  userId: string
  /** As it came in; checked here against the catalogue. */
  body: unknown
  /** One an intention. Without it every call is an intention of its own. */
  idempotencyKey: string | null
  now?: Date
}

/**
 * Starts a generation: once this resolves, the video is a row in the database and will reach a final state whatever
 * breaks. The same key and body resolve to the same file. Throws `AppError` with every faulty field named.
 */
export async function startGeneration(options: StartOptions): Promise<FileRow> {
  const { userId, idempotencyKey, now = new Date() } = options
  const settings = readGenerationRequest(options.body)
  if (idempotencyKey !== null) assertIdempotencyKey(idempotencyKey)
  const model = findModel(settings.model)!
  const past = await expectedTime(settings)
  const expected = { expectedSeconds: past?.seconds ?? null, expectedRuns: past?.runs ?? null }
  const fileId = newId('file')
  const claim =
    idempotencyKey === null
      ? undefined
      : { userId, key: idempotencyKey, bodyHash: bodyHash(settings), fileId, now }

  const created = await insertFile(
    { ...rowOf(settings, model), ...expected, id: fileId, userId, createdAt: now },
    claim,
  )
  if ('earlier' in created) return replay(created.earlier)
  // The row is committed: from here on a failure to wake costs seconds, never the video.
  await wakeFile(fileId).catch((error: unknown) => log().warn({ err: error, fileId }, 'not woken'))
  return created.row
}

async function replay(fileId: string) {
  const row = await findFile(fileId)
  if (row && !row.deletedAt) return row
  throw new AppError('not_found', {
    userMessage: 'This request was started before, and its video has been deleted since.',
  })
}

function rowOf(settings: GenerationSettings, { label, isDemo, supports, route }: Model) {
  return {
    ...settings,
    ...dimensionsOf(settings.aspectRatio, settings.resolution),
    seed: settings.seed ?? randomInt(2 ** 32),
    modelLabel: label,
    isDemo,
    isCancelable: supports.cancel,
    provider: route.provider,
    estimatedUsd: estimatedUsd(settings),
  }
}
