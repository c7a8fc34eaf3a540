import { eq, sql } from 'drizzle-orm'
import { type AssetRow, asset } from '../db/asset-schema.ts'
import type { Transaction } from '../db/client.ts'
import type { Storage } from './storage/storage.ts'

const usualPoster = 'poster.jpg'

/** The object that is the poster now, in the folder of its film; null where there is none. */
export function posterOf({
  hasPoster,
  posterName,
}: Pick<AssetRow, 'hasPoster' | 'posterName'>): string | null {
  return hasPoster ? (posterName ?? usualPoster) : null
}

/** A frame that was drawn, and is to be the poster. */
export interface DrawnPoster {
  /** A name of its own: what is kept under a name never changes, so that browsers may keep it. */
  name: string
  seconds: number
  path: string
  sizeBytes: number
}

/**
 * Stores a frame as the poster of an asset, or goes back to the usual one. Answers the object that is no longer needed.
 * Within the transaction that holds the lock of what is shown with it: of two at once the last one is the poster, and
 * none is stored for what is being deleted.
 */
export async function setPoster(
  tx: Transaction,
  assetId: string,
  drawn: DrawnPoster | null,
  storage: Storage,
): Promise<string | undefined> {
  const [before] = await tx.select().from(asset).where(eq(asset.id, assetId)).for('update')
  if (!before) return undefined
  const folder = before.storageKey.slice(0, before.storageKey.lastIndexOf('/'))
  const replaced = before.posterName === null ? undefined : `${folder}/${before.posterName}`
  const freed = replaced ? ((await storage.get(replaced))?.sizeBytes ?? 0) : 0
  if (drawn) await storage.put(`${folder}/${drawn.name}`, drawn.path)
  await tx
    .update(asset)
    .set({
      posterName: drawn?.name ?? null,
      posterSeconds: drawn?.seconds ?? null,
      // Null stays null: a sweep measures it.
      drawnBytes: sql`${asset.drawnBytes} + ${(drawn?.sizeBytes ?? 0) - freed}::bigint`,
    })
    .where(eq(asset.id, assetId))
  return replaced
}
