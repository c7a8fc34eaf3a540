import { and, eq, isNull } from 'drizzle-orm'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { removeUnlessBackedUp } from '../db/queries/removals.ts'
import { productionStorage } from './storage/production-storage.ts'
import type { Storage } from './storage/storage.ts'

/**
 * Deletes an upload, its row first: none is ever without its bytes. False where it is not this owner's, and while a
 * backup is made.
 */
export async function deleteUpload(
  ownerId: string,
  id: string,
  { storage }: { storage: Storage } = { storage: productionStorage() },
): Promise<boolean> {
  let isGone = false
  await removeUnlessBackedUp(async () => {
    const isMeant = and(eq(asset.id, id), eq(asset.ownerId, ownerId), isNull(asset.generationId))
    const rows = await database().delete(asset).where(isMeant).returning({ id: asset.id })
    isGone = rows.length > 0
    if (isGone) await storage.removeAll(id)
  })
  return isGone
}
