import { and, eq, inArray, sql } from 'drizzle-orm'
import type { LibraryChange, LibraryChanged } from '#lib/contract/library/library'
import { message } from '#lib/messages/message'
import { type Transaction, inTransaction } from '../db/client.ts'
import { collection, collectionItem, libraryItem } from '../db/library-schema.ts'
import { AppError } from '../errors.ts'
import { newsChannel } from '../generations/news.ts'

/**
 * Stars items, moves them to the trash or out of it, into a collection or out of it; all that is possible, in one
 * transaction. Throws `not_found` where there is no such collection of this owner.
 */
export async function changeItems(ownerId: string, change: LibraryChange): Promise<LibraryChanged> {
  const ids = [...new Set(change.ids)]
  return inTransaction(async (tx) => {
    const found = await lockItems(tx, ownerId, ids)
    for (const id of [change.addTo, change.removeFrom])
      if (id !== undefined) await assertCollection(tx, ownerId, id)
    const free = found.filter(({ status }) => change.trash !== true || status !== 'open')
    const changed = free.map(({ id }) => id)
    if (changed.length > 0) await write(tx, changed, change)
    if (change.trash !== undefined) {
      const isMoved = (row: (typeof free)[number]) => row.isTrashed !== change.trash
      await tell(tx, ownerId, free.filter(isMoved), change.trash)
    }
    const busy = found.filter((row) => !free.includes(row)).map(({ id }) => id)
    return { changed, busy, missing: without(ids, [...changed, ...busy]) }
  })
}

/** The ids that are none of the others. */
export function without(ids: string[], others: string[]) {
  const known = new Set(others)
  return ids.filter((id) => !known.has(id))
}

async function lockItems(tx: Transaction, ownerId: string, ids: string[]) {
  const isMeant = and(eq(libraryItem.ownerId, ownerId), inArray(libraryItem.id, ids))
  return tx
    .select({
      id: libraryItem.id,
      status: libraryItem.status,
      isTrashed: sql<boolean>`trashed_at is not null`,
    })
    .from(libraryItem)
    .where(isMeant)
    .orderBy(libraryItem.id)
    .for('update')
}

async function write(tx: Transaction, ids: string[], change: LibraryChange) {
  const { star, trash, addTo, removeFrom } = change
  // What is in the trash stays there since it was put there.
  const moved = trash ? sql`coalesce(trashed_at, now())` : null
  if (star !== undefined || trash !== undefined)
    await tx
      .update(libraryItem)
      .set({
        ...(star !== undefined && { isStarred: star }),
        ...(trash !== undefined && { trashedAt: moved }),
      })
      .where(inArray(libraryItem.id, ids))
  if (addTo !== undefined) await addItems(tx, addTo, ids)
  if (removeFrom !== undefined)
    await tx
      .delete(collectionItem)
      .where(and(eq(collectionItem.collectionId, removeFrom), inArray(collectionItem.itemId, ids)))
}

/** Puts items into a collection; one that is in it stays. */
export async function addItems(tx: Transaction, collectionId: string, ids: string[]) {
  const addedAt = sql`now()`
  await tx
    .insert(collectionItem)
    .values(ids.map((itemId) => ({ collectionId, itemId, addedAt })))
    .onConflictDoNothing()
}

async function assertCollection(tx: Transaction, ownerId: string, id: string) {
  const isMeant = and(eq(collection.id, id), eq(collection.ownerId, ownerId))
  // It stays until the end of the transaction.
  const [found] = await tx
    .select({ id: collection.id })
    .from(collection)
    .where(isMeant)
    .for('key share')
  if (!found) throw noCollection()
}

/** The one answer for a stranger's, a deleted and a never-seen collection. */
export function noCollection() {
  return new AppError('not_found', { userMessage: message('errors.noCollection') })
}

/** The owner's open pages take them out of their lists, or look at them again. */
async function tell(tx: Transaction, ownerId: string, rows: { id: string }[], isTrash: boolean) {
  const ids = rows.map(({ id }) => id).filter((id) => id.startsWith('file_'))
  if (ids.length === 0) return
  const change = isTrash ? 'trashed' : 'restored'
  await tx.execute(sql`
    select pg_notify(${newsChannel}, json_build_object(
      'ownerId', ${ownerId}::text, 'fileId', id, 'version', version, 'change', ${change}::text)::text)
    from generation where id in ${ids}`)
}
