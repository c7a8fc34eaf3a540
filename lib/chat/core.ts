import { and, desc, eq, inArray, isNull, sum } from 'drizzle-orm'
import type { EstimateView } from '#lib/contract/estimate-view'
import type { ModelView } from '#lib/contract/model-view'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { type FileRow, fileColumns } from '../files/file-row.ts'
import { fileViewOf } from '../files/file-view-of.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { assertIdempotencyKey, filesOfKeys } from '../files/idempotency-key.ts'
import { imageKey } from '../files/image-key.ts'
import { type ImageRow, findOwnedImages, takeOwnedImages } from '../files/images.ts'
import { cancelFile } from '../generation/cancel-file.ts'
import { currentModels } from '../generation/current-models.ts'
import { shutdownController } from '../generation/deps.ts'
import { estimate } from '../generation/estimate.ts'
import { type StartOptions, startGeneration } from '../generation/start.ts'

// All that the chat asks of the core, and the only file of the chat that imports it.

export type VideoRow = FileRow

/** Dollars: at the provider that is tried first, and at the most expensive one it may fall back to. */
export type CallPrice = Pick<EstimateView, 'usd' | 'upToUsd'>

/** What the chat has the core do. Part of `ChatDeps`, so that a test can bring its own. */
export interface Core {
  /** Starts one video, as the form does. */
  start(options: StartOptions): Promise<VideoRow>
  cancel(userId: string, fileId: string): Promise<VideoRow | undefined>
  /** The models as they can be used right now. */
  models(): Promise<ModelView[]>
  /** What a generation would cost; throws where it cannot be made. */
  priceOf(body: unknown): Promise<CallPrice>
}

export const productionCore: Core = {
  start: startGeneration,
  cancel: (userId, fileId) => cancelFile(userId, fileId),
  models: () => currentModels(new Date()),
  priceOf: (body) => estimate(body),
}

/** Aborted when the process ends. */
export const shutdownSignal = () => shutdownController().signal

/** A video of this user that is not deleted. */
export const findVideo = findOwnedFile

/** Throws where a client's idempotency key is malformed. */
export const assertKey = assertIdempotencyKey

/** A video as it crosses the wire. */
export const viewOfVideo = fileViewOf

/** The images of these that are this user's. */
export const findImages = findOwnedImages

/** The same, for use: no sweep removes them meanwhile. */
export const takeImages = takeOwnedImages

/** The video a key was used for in the last 24 hours; undefined where the key is free. */
export async function findVideoOfKey(userId: string, key: string, now: Date) {
  const [fileId] = await filesOfKeys(userId, [key], now)
  return fileId === undefined ? undefined : findVideo(userId, fileId)
}

/** The videos of these that are this user's and not deleted, by id. */
export async function findVideos(userId: string, ids: string[]): Promise<Map<string, VideoRow>> {
  if (ids.length === 0) return new Map()
  const rows = await database()
    .select(fileColumns)
    .from(file)
    .where(and(inArray(file.id, ids), eq(file.userId, userId), isNull(file.deletedAt)))
  return new Map(rows.map((row) => [row.id, row]))
}

/** The newest videos of a user, at most so many. */
export async function newestVideos(userId: string, atMost: number): Promise<VideoRow[]> {
  return database()
    .select(fileColumns)
    .from(file)
    .where(and(eq(file.userId, userId), isNull(file.deletedAt)))
    .orderBy(desc(file.createdAt), desc(file.id))
    .limit(atMost)
}

/** Dollars these videos may cost in all, fallback included; deleted ones count. */
export async function mostUsdOf(ids: string[]): Promise<number> {
  if (ids.length === 0) return 0
  const [row] = await database()
    .select({ usd: sum(file.upToUsd) })
    .from(file)
    .where(inArray(file.id, ids))
  return Number(row?.usd ?? 0)
}

/** Where the browser finds an image. */
export function addressOfImage(image: ImageRow) {
  return `/api/media/${imageKey(image)}`
}
