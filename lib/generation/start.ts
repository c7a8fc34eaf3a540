import { randomInt } from 'node:crypto'
import { type GenerationSettings, maxVariations } from '#lib/contract/generate-video-request'
import { dimensionsOf } from '#lib/contract/video-format'
import { AppError } from '../errors.ts'
import type { FileRow } from '../files/file-row.ts'
import { findFile } from '../files/find-file.ts'
import { findSame } from '../files/find-same.ts'
import { assertIdempotencyKey, bodyHash, filesOfKeys, takeKey } from '../files/idempotency-key.ts'
import { insertFile } from '../files/insert-file.ts'
import { newId } from '../ids.ts'
import { wakeFile } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { assertInputs } from './assert-inputs.ts'
import { expectedTime } from './expected-time.ts'
import { hashOfBody } from './hash-of-body.ts'
import { quote } from './quote.ts'
import { type GenerationRequest, readGenerationRequest } from './read-generation-request.ts'

export interface StartOptions {
  userId: string
  /** As it came in; checked here against the catalogue. */
  body: unknown
  /** One an intention. Without it every call is an intention of its own. */
  idempotencyKey: string | null
  /** Whether the user was made for this very request: nobody knows yet that his session is kept. */
  isNewcomer?: boolean
  now?: Date
}

const reusedForMs = 60 * 60 * 1000
const seeds = 2 ** 32

/**
 * Starts a generation and its variations: once this resolves, each video is a row in the database and will reach a
 * final state whatever breaks. The same key and body resolve to the same files. Throws `AppError` with every faulty
 * field named.
 */
export async function startVariations(options: StartOptions): Promise<FileRow[]> {
  const { userId, idempotencyKey, isNewcomer = false, now = new Date() } = options
  if (idempotencyKey !== null) assertIdempotencyKey(idempotencyKey)
  const keys = idempotencyKey === null ? [] : keysOf(idempotencyKey)
  const earlier = await filesOfKeys(userId, keys, now)
  const request = await readGenerationRequest(options.body, now).catch((error: unknown) => {
    // What was started stays started, also when its provider has been taken out since.
    if (earlier.length === 0) throw error
    return undefined
  })
  if (!request) return Promise.all(earlier.map(replay))
  const intention = { userId, bodyHash: hashOfBody(options.body, request.settings), now }
  const values = { ...rowOf(request), ...(await expectationOf(request.settings)) }
  if (earlier.length === 0) {
    if (isNewcomer) assertFree(values)
    await assertInputs(userId, request.settings.inputs, now)
    const same = await sameAsBefore(userId, request.settings, now)
    if (same) return [await reuse(same, { ...intention, key: keys[0] ?? null })]
  }
  const rows: FileRow[] = []
  // One after the other, each under a key of its own: whoever tries again after a crash gets those that are there.
  for (let index = 0; index < request.settings.variations; index++) {
    const { seed } = request.settings
    const fresh = { ...values, seed: seed === null ? randomInt(seeds) : (seed + index) % seeds }
    rows.push(await startOne(fresh, { ...intention, key: keys[index] ?? null }))
  }
  return rows
}

/** The keys of an intention's videos: its own, then one for each variation. */
function keysOf(key: string) {
  return Array.from({ length: maxVariations }, (_, index) => (index ? `${key}#${index + 1}` : key))
}

/** Starts one video. See `startVariations`. */
export async function startGeneration(options: StartOptions): Promise<FileRow> {
  const [row] = await startVariations(options)
  return row!
}

interface Intention {
  userId: string
  key: string | null
  bodyHash: string
  now: Date
}

async function startOne(
  values: ReturnType<typeof rowOf> & { seed: number },
  { key, ...intention }: Intention,
) {
  const { userId, now } = intention
  const fileId = newId('file')
  const claim = key === null ? undefined : { ...intention, key, fileId }
  const created = await insertFile({ ...values, id: fileId, userId, createdAt: now }, claim)
  if ('earlier' in created) return replay(created.earlier)
  // The row is committed: from here on a failure to wake costs seconds, never the video.
  await wakeFile(fileId).catch((error: unknown) => log().warn({ err: error, fileId }, 'not woken'))
  return created.row
}

/** Gives back a video that is there, under the key of whoever asked: the same key is the same video from now on. */
async function reuse(same: FileRow, { key, ...intention }: Intention) {
  const earlier = key && (await takeKey({ ...intention, key, fileId: same.id }))
  return earlier ? replay(earlier) : same
}

async function replay(fileId: string) {
  const row = await findFile(fileId)
  if (row && !row.deletedAt) return row
  throw new AppError('not_found', {
    userMessage: 'This request was started before, and its video has been deleted since.',
  })
}

async function sameAsBefore(userId: string, settings: GenerationSettings, now: Date) {
  if (!settings.useCache || settings.variations > 1) return undefined
  return findSame(userId, settingsHash(settings), new Date(now.getTime() - reusedForMs))
}

/** A hash over what the video is made from, and not over how it was asked for. */
function settingsHash({ useCache: _, maxUsd: __, variations: ___, ...made }: GenerationSettings) {
  return bodyHash(made)
}

/** A video that is paid for belongs to somebody who will come back for it, also after the answer was lost. */
function assertFree({ upToUsd }: { upToUsd: number }) {
  if (upToUsd === 0) return
  throw new AppError('session_required', {
    userMessage:
      'This came without a session, so a video that is paid for would belong to nobody. ' +
      'You have a session now: try again. Programs send the cookie of this answer with it.',
  })
}

async function expectationOf(settings: GenerationSettings) {
  const past = await expectedTime(settings)
  return {
    expectedSeconds: past?.seconds ?? null,
    expectedP90Seconds: past?.p90Seconds ?? null,
    expectedRuns: past?.runs ?? null,
  }
}

/** What every variation has in common: all but its seed. */
function rowOf(request: GenerationRequest) {
  const { settings, model } = request
  const { choice, upToUsd } = quote(request)
  const { useCache: _, variations: __, inputs, seed, ...asked } = settings
  const hasInputs = inputs.firstFrame || inputs.references.length > 0 || inputs.sourceVideo
  return {
    ...asked,
    ...dimensionsOf(settings.aspectRatio, settings.resolution),
    inputs: hasInputs ? inputs : null,
    isSeedGiven: seed !== null,
    settingsHash: settingsHash(settings),
    modelLabel: model.label,
    isDemo: model.isDemo,
    isCancelable: choice.route.supports.cancel,
    provider: choice.route.provider,
    providerLabel: choice.route.providerLabel,
    routeReason: choice.reason,
    estimatedUsd: choice.usd,
    upToUsd,
  }
}
