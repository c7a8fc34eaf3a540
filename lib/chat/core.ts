import { and, desc, eq, inArray, isNull, sum } from 'drizzle-orm'
import type { EstimateView } from '#lib/contract/generate-video-request'
import type { Caller } from '#lib/contract/people/caller'
import type { MediaType } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import { type AssetRow, findInputs, takeInputs } from '../assets/assets.ts'
import { posterOf } from '../assets/poster.ts'
import { productionStorage } from '../assets/storage/production-storage.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { mayUseOnlyFree } from '../generations/access.ts'
import { cancelGeneration } from '../generations/commands/cancel.ts'
import { shutdownController } from '../generations/engine/deps.ts'
import {
  assertIdempotencyKey,
  bodyHash,
  claimIdempotencyKey,
} from '../generations/start/idempotency.ts'
import { currentModels } from '../generations/models.ts'
import { findOwned } from '../generations/queries.ts'
import { estimate, readNames } from '../generations/start/request.ts'
import { type GenerationRow, shownColumns } from '../generations/row.ts'
import { type StartOptions, sessionRequired } from '../generations/start/prepare.ts'
import { startGeneration, startTogether } from '../generations/start/start.ts'
import { fileViewOf } from '../generations/view.ts'
import { assertStillMay } from '../people/still-may.ts'

// All that the chat asks of the core, and the only file of the chat that imports it.

export type VideoRow = GenerationRow

/** Dollars: at the provider that is tried first, and at the most expensive one it may fall back to. */
export type CallPrice = Pick<EstimateView, 'usd' | 'upToUsd'>

/** What the chat has the core do. Part of `ChatDeps`, so that a test can bring its own. */
export interface Core {
  /** Starts one video, as the form does. */
  start(options: StartOptions): Promise<VideoRow>
  /** Starts one video for each of these requests of one caller: all of them, for at most so many micro-dollars, or none. */
  startTogether(
    requests: readonly StartOptions[],
    atMostMicros: number,
  ): Promise<PromiseSettledResult<VideoRow>[]>
  cancel(ownerId: string, fileId: string): Promise<VideoRow | undefined>
  /** The models for videos or for images as this caller can use them right now. */
  models(caller: Caller, kind?: MediaType): Promise<ModelView[]>
  /** What a generation would cost; throws where it cannot be made. */
  priceOf(body: unknown, caller: Caller, kind?: MediaType): Promise<CallPrice>
}

export const productionCore: Core = {
  start: async (options) => {
    await assertStillMay(options.caller)
    return startGeneration(options)
  },
  startTogether: async (requests, atMostMicros) => {
    await assertStillMay(requests[0]!.caller)
    const started = await startTogether(requests, atMostMicros)
    return started.map((one) =>
      one.status === 'rejected' ? one : { ...one, value: one.value[0]! },
    )
  },
  cancel: (ownerId, fileId) => cancelGeneration(ownerId, fileId),
  models: (caller, kind = 'video') => currentModels(new Date(), caller, { kind }),
  priceOf: estimate,
}

/**
 * Throws `session_required` where a message without a session could spend money: a video it starts would belong to no
 * one, and limits of an account would bound nothing.
 */
export async function assertNothingCosts(caller: Caller, models = productionCore.models) {
  const isPriced = ({ isEnabled, price }: ModelView) =>
    isEnabled && (price.perRunUsd > 0 || price.perSecondUsd > 0)
  if ((await models(caller)).some(isPriced)) throw sessionRequired()
}

/** Aborted when the process ends. */
export const shutdownSignal = () => shutdownController().signal

/** Whether this caller may use what is free, and nothing else: no model that the operator pays for either. */
export const isOnlyForFree = mayUseOnlyFree

/** A video of this user that is not deleted. */
export const findVideo = findOwned

/** Throws where a client's idempotency key is malformed. */
export const assertKey = assertIdempotencyKey

/** Takes a client's idempotency key, and tells what it was used for before. */
export const claimKey = claimIdempotencyKey
export const hashOf = bodyHash

/** A request in our names, whichever it came in. Throws where two of them say different things. */
export const inOurNames = readNames

/** A video as it crosses the wire. */
export const viewOfVideo = fileViewOf

/** The images of these that are this user's. */
export const findImages = findInputs

/** The same, for use: no sweep removes them meanwhile. */
export const takeImages = takeInputs

/** The videos of these that are this user's and not deleted, by id. */
export async function findVideos(ownerId: string, ids: string[]): Promise<Map<string, VideoRow>> {
  if (ids.length === 0) return new Map()
  const rows = await database()
    .select(shownColumns)
    .from(generation)
    .where(
      and(
        inArray(generation.id, ids),
        eq(generation.ownerId, ownerId),
        isNull(generation.deletedAt),
      ),
    )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The stored poster of a finished video or image, a JPEG; undefined where there is none, or a larger one. */
export async function posterBytes(
  row: VideoRow,
  bytesAtMost: number,
): Promise<Uint8Array | undefined> {
  const name = row.asset && posterOf(row.asset)
  const poster = name && (await productionStorage().get(`${row.id}/${name}`))
  if (!poster || poster.sizeBytes > bytesAtMost) return undefined
  return new Uint8Array(await new Response(poster.read()).arrayBuffer())
}

/** The newest videos of a user, at most so many. */
export async function newestVideos(ownerId: string, atMost: number): Promise<VideoRow[]> {
  return database()
    .select(shownColumns)
    .from(generation)
    .where(and(eq(generation.ownerId, ownerId), isNull(generation.deletedAt)))
    .orderBy(desc(generation.createdAt), desc(generation.id))
    .limit(atMost)
}

/** Micro-dollars these videos may cost in all, fallback included; deleted ones count. */
export async function mostMicrosOf(ids: string[]): Promise<number> {
  if (ids.length === 0) return 0
  const [row] = await database()
    .select({ micros: sum(generation.ceilingMicros) })
    .from(generation)
    .where(inArray(generation.id, ids))
  return Number(row?.micros ?? 0)
}

/** Where an image is found, as messages keep it: below the base path, whatever that is. */
export function addressOfImage(image: AssetRow) {
  return `/api/media/${image.storageKey}`
}
