import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type CollectionView, collectionsAtMost } from '#lib/contract/library/library'
import { message } from '#lib/messages/message'
import { database, inTransaction } from '../db/client.ts'
import { collection, libraryItem } from '../db/library-schema.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { addItems, noCollection } from './change.ts'

type CollectionRow = typeof collection.$inferSelect

const shownCount = sql<number>`(
  select count(*)::int from collection_item member join library_item item on item.id = member.item_id
  where member.collection_id = "collection"."id" and item.trashed_at is null)`

/** An owner's collections, by name. */
export async function listCollections(ownerId: string): Promise<CollectionView[]> {
  const rows = await database()
    .select({ ...columns, count: shownCount })
    .from(collection)
    .where(eq(collection.ownerId, ownerId))
    .orderBy(asc(sql`library_words(${collection.name}) collate "C"`), asc(collection.id))
    .limit(collectionsAtMost)
  return rows.map((row) => viewOf(row, row.count))
}

/** Makes a collection, with items in it where ids are given: those that are this owner's. */
export async function makeCollection(
  ownerId: string,
  { name, ids = [] }: { name: string; ids?: string[] | undefined },
): Promise<CollectionView> {
  return inTransaction(async (tx) => {
    if ((await tx.$count(collection, eq(collection.ownerId, ownerId))) >= collectionsAtMost)
      throw tooMany()
    const values = { id: newId('collection'), ownerId, name, createdAt: sql`now()` }
    const [row] = await tx.insert(collection).values(values).returning()
    const own = await tx
      .select({ id: libraryItem.id })
      .from(libraryItem)
      .where(and(eq(libraryItem.ownerId, row!.ownerId), inArray(libraryItem.id, ids)))
      .for('key share')
    if (own.length > 0)
      await addItems(
        tx,
        row!.id,
        own.map(({ id }) => id),
      )
    return viewOf(row!, own.length)
  })
}

/** Throws `not_found` where there is no such collection of this owner. */
export async function renameCollection(
  ownerId: string,
  id: string,
  name: string,
): Promise<CollectionView> {
  const [row] = await database()
    .update(collection)
    .set({ name })
    .where(isMeant(ownerId, id))
    .returning({ ...columns, count: shownCount })
  if (!row) throw noCollection()
  return viewOf(row, row.count)
}

/** Deletes a collection; what was in it stays. Throws `not_found` where there is none. */
export async function deleteCollection(ownerId: string, id: string) {
  const gone = await database()
    .delete(collection)
    .where(isMeant(ownerId, id))
    .returning({ id: collection.id })
  if (gone.length === 0) throw noCollection()
}

const columns = { id: collection.id, name: collection.name, createdAt: collection.createdAt }

function isMeant(ownerId: string, id: string) {
  return and(eq(collection.id, id), eq(collection.ownerId, ownerId))
}

function viewOf(
  { id, name, createdAt }: Pick<CollectionRow, 'id' | 'name' | 'createdAt'>,
  count: number,
): CollectionView {
  return { id, name, count, createdAt: createdAt.toISOString() }
}

function tooMany() {
  return new AppError('not_possible_now', {
    userMessage: message('errors.tooManyCollections', { limit: collectionsAtMost }),
  })
}
