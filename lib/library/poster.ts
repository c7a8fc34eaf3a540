import { join } from 'node:path'
import { and, eq, isNull } from 'drizzle-orm'
import { pastEnd } from '#lib/contract/edit/edit-limits'
import { mediaTypeOf } from '#lib/contract/generation'
import type { LibraryItem } from '#lib/contract/library/library'
import { message } from '#lib/messages/message'
import { findUploads } from '../assets/assets.ts'
import { type DrawnPoster, setPoster } from '../assets/poster.ts'
import { withDrawnPoster } from '../assets/store/draw-poster.ts'
import { productionStorage } from '../assets/storage/production-storage.ts'
import type { Storage } from '../assets/storage/storage.ts'
import { type AssetRow, asset } from '../db/asset-schema.ts'
import { type Transaction, inTransaction } from '../db/client.ts'
import { removeUnlessBackedUp } from '../db/queries/removals.ts'
import { env } from '../env.ts'
import { AppError, invalidField } from '../errors.ts'
import { findOwned } from '../generations/queries.ts'
import { applyIn } from '../generations/store.ts'
import { log } from '../log.ts'
import { libraryItemOf } from './view.ts'

export interface PosterDeps {
  storage: Storage
  workFolder: string
}

function productionPosters(): PosterDeps {
  return { storage: productionStorage(), workFolder: join(env().DATA_DIR, 'work') }
}

/**
 * Makes the frame that a video of this owner shows at a second its poster; the video itself stays as it is. Asked for the
 * same second again, nothing is done. Undefined where there is no such video of theirs. Throws `invalid_input` for a
 * second behind its end, `not_possible_now` where it is not finished or has no frames that can be read here.
 */
export async function choosePoster(
  ownerId: string,
  id: string,
  seconds: number,
  deps: PosterDeps = productionPosters(),
): Promise<LibraryItem | undefined> {
  const film = await findFilm(ownerId, id)
  if (!film) return undefined
  const fault = pastEnd(seconds, film.durationSeconds)
  if (fault) throw invalidField('atSeconds', fault)
  if (!film.hasPoster)
    throw new AppError('not_possible_now', { userMessage: message('poster.unreadable') })
  if (film.posterSeconds !== seconds) {
    const { storageKey } = film
    await withDrawnPoster({ storageKey, seconds }, { ...deps, whose: ownerId }, (drawn) =>
      keep(ownerId, id, drawn, deps.storage),
    )
  }
  return libraryItemOf(ownerId, id)
}

/** Goes back to the usual poster; twice is the same as once. Undefined where there is no such video of this owner. */
export async function usualPoster(
  ownerId: string,
  id: string,
  { storage }: Pick<PosterDeps, 'storage'> = productionPosters(),
): Promise<LibraryItem | undefined> {
  const film = await findFilm(ownerId, id)
  if (!film) return undefined
  if (film.posterName !== null) await keep(ownerId, id, null, storage)
  return libraryItemOf(ownerId, id)
}

type Film = Pick<
  AssetRow,
  'storageKey' | 'durationSeconds' | 'hasPoster' | 'posterName' | 'posterSeconds'
>

/** A finished video of this owner, made here or brought. */
async function findFilm(ownerId: string, id: string): Promise<Film | undefined> {
  const [upload] = await findUploads(ownerId, [id])
  if (upload) return upload.kind === 'video' ? upload : refuse('poster.ofImage')
  const row = await findOwned(ownerId, id)
  if (!row) return undefined
  if (mediaTypeOf(row) !== 'video') return refuse('poster.ofImage')
  return row.state === 'completed' && row.asset ? row.asset : refuse('poster.notReady')
}

function refuse(key: 'poster.ofImage' | 'poster.notReady'): never {
  throw new AppError('not_possible_now', { userMessage: message(key) })
}

/** Writes it down under the lock of the row, so that of two at once the last one holds; then removes what it replaces. */
async function keep(ownerId: string, id: string, drawn: DrawnPoster | null, storage: Storage) {
  const replaced = await inTransaction((tx) => keepIn(tx, ownerId, id, drawn, storage))
  if (!replaced) return
  // One that stays behind goes with its video.
  await removeUnlessBackedUp(() => storage.remove(replaced)).catch((error: unknown) =>
    log().warn({ err: error, itemId: id }, 'an old poster was not removed'),
  )
}

async function keepIn(
  tx: Transaction,
  ownerId: string,
  id: string,
  drawn: DrawnPoster | null,
  storage: Storage,
) {
  const isMeant = and(eq(asset.id, id), eq(asset.ownerId, ownerId), isNull(asset.generationId))
  const [upload] = await tx.select().from(asset).where(isMeant).for('update')
  if (upload) return setPoster(tx, id, drawn, storage)
  let replaced: string | undefined
  await applyIn(tx, id, { type: 'poster_changed', ownerId }, undefined, async () => {
    const ofIt = eq(asset.generationId, id)
    const [made] = await tx.select({ id: asset.id }).from(asset).where(ofIt)
    if (made) replaced = await setPoster(tx, made.id, drawn, storage)
    return made !== undefined
  })
  return replaced
}
