import { eq, sql } from 'drizzle-orm'
import { insertAsset, type NewAsset } from '#lib/assets/assets'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { findGeneration } from '#lib/generations/queries'
import type { Patch } from '#lib/generations/transitions/change'

/**
 * Writes into a row what no event brings about at once: the lease of a process that was killed, a state without the
 * way to it. With `isPublished` the version grows, as with every change that is seen.
 */
export async function setRow(id: string, patch: Patch, { isPublished = false } = {}) {
  const published = isPublished && { version: sql`${generation.version} + 1` }
  await database()
    .update(generation)
    .set({ ...patch, ...published })
    .where(eq(generation.id, id))
  return (await findGeneration(id))!
}

/** Completes a generation as if its video had been made: its asset, and its row completed. No bytes are written. */
export async function setFinished(
  id: string,
  {
    sizeBytes = 1,
    hasPoster = false,
    ...patch
  }: Patch & Pick<Partial<NewAsset>, 'sizeBytes' | 'hasPoster'> = {},
) {
  const { ownerId, createdAt } = (await findGeneration(id))!
  const assetId = id.replace(/^file_/, 'asset_')
  await insertAsset({
    id: assetId,
    ownerId,
    kind: 'video',
    generationId: id,
    storageKey: `${id}/video.mp4`,
    contentType: 'video/mp4',
    sizeBytes,
    hasPoster,
    sha256: id,
    width: 64,
    height: 64,
    createdAt,
    usedAt: createdAt,
  })
  return setRow(id, { state: 'completed', assetId, finishedAt: createdAt, ...patch })
}
