import { and, eq, isNull } from 'drizzle-orm'
import { asset } from '../db/asset-schema.ts'
import { type Transaction, inTransaction } from '../db/client.ts'
import { removeUnlessBackedUp } from '../db/queries/removals.ts'
import { productionStorage } from './storage/production-storage.ts'
import type { Storage } from './storage/storage.ts'

/**
 * Deletes an upload, its row first: none is ever without its bytes. False where it is not this owner's, where it is
 * not right any more under its lock, and while a backup is made.
 */
export async function deleteUpload(
  ownerId: string,
  id: string,
  { storage }: { storage: Storage } = { storage: productionStorage() },
  isStillRight: (tx: Transaction) => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  let isGone = false
  await removeUnlessBackedUp(async () => {
    isGone = await inTransaction(async (tx) => {
      const isMeant = and(eq(asset.id, id), eq(asset.ownerId, ownerId), isNull(asset.generationId))
      const [row] = await tx.select({ id: asset.id }).from(asset).where(isMeant).for('update')
      if (!row || !(await isStillRight(tx))) return false
      await tx.delete(asset).where(eq(asset.id, id))
      return true
    })
    if (isGone) await storage.removeAll(id)
  })
  return isGone
}
