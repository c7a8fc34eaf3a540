import { and, asc, eq, inArray, isNotNull, lt, sql } from 'drizzle-orm'
import {
  type LibraryDeleted,
  type LibraryDeletion,
  idsAtMost,
  trashDays,
} from '#lib/contract/library/library'
import { type Transaction, database } from '../db/client.ts'
import { libraryItem } from '../db/library-schema.ts'
import { deleteGeneration } from '../generations/commands/delete.ts'
import type { GenerationDeps } from '../generations/engine/deps.ts'
import { log } from '../log.ts'
import { deleteUpload } from '../assets/delete-upload.ts'
import { without } from './change.ts'

const dayMs = 24 * 60 * 60 * 1000
const atOnce = 4

/**
 * Deletes for good what is in an owner's trash: those of the ids, or all of it, 500 a call. What a running generation
 * is made from stays until that has ended. What is restored meanwhile is not in the trash, and stays.
 */
export async function emptyTrash(
  ownerId: string,
  deletion: LibraryDeletion,
  deps?: GenerationDeps,
): Promise<LibraryDeleted> {
  const wanted = 'ids' in deletion ? [...new Set(deletion.ids)] : undefined
  const isTrash = and(eq(libraryItem.ownerId, ownerId), isNotNull(libraryItem.trashedAt))
  const rows = await database()
    .select({ id: libraryItem.id, isNeeded })
    .from(libraryItem)
    .where(and(isTrash, wanted && inArray(libraryItem.id, wanted)))
    .orderBy(asc(libraryItem.trashedAt))
    .limit(idsAtMost)
  const gone = await deleteEach(
    rows.filter((row) => !row.isNeeded).map(({ id }) => ({ id, ownerId })),
    deps,
  )
  const kept = without(
    rows.map(({ id }) => id),
    gone,
  )
  const busy = (
    await database()
      .select({ id: libraryItem.id })
      .from(libraryItem)
      .where(and(isTrash, inArray(libraryItem.id, kept)))
  ).map(({ id }) => id)
  const missing = without(wanted ?? [], [...gone, ...busy])
  return { changed: gone, busy, missing, left: await database().$count(libraryItem, isTrash) }
}

/** Deletes what has been in any trash for 30 days, so many a run. Answers how many. */
export async function deleteExpired(now: Date, deps?: GenerationDeps): Promise<number> {
  const before = new Date(now.getTime() - trashDays * dayMs)
  const rows = await database()
    .select({ id: libraryItem.id, ownerId: libraryItem.ownerId, isNeeded })
    .from(libraryItem)
    .where(and(isNotNull(libraryItem.trashedAt), lt(libraryItem.trashedAt, before)))
    .orderBy(asc(libraryItem.trashedAt))
    .limit(idsAtMost)
  return (
    await deleteEach(
      rows.filter((row) => !row.isNeeded),
      deps,
    )
  ).length
}

/** Still being made, or what something is made from that has not ended. */
const isNeeded = sql<boolean>`"library_item"."status" = 'open' or exists (
  select from lineage made join library_item child on child.id = made.child_id
  where made.parent_id = "library_item"."id" and child.status = 'open')`

/** Whether an item is in the trash and not needed, and stays so until the transaction ends: it may have been restored. */
async function isStillTrash(tx: Transaction, id: string) {
  const isMeant = and(eq(libraryItem.id, id), isNotNull(libraryItem.trashedAt))
  const [item] = await tx.select({ isNeeded }).from(libraryItem).where(isMeant).for('update')
  return item !== undefined && !item.isNeeded
}

/** One that fails is logged and keeps no other from going. Answers which are gone. */
async function deleteEach(items: { id: string; ownerId: string }[], deps?: GenerationDeps) {
  const gone: string[] = []
  const next = items[Symbol.iterator]()
  const work = async () => {
    for (const { id, ownerId } of next)
      try {
        const remove = id.startsWith('file_') ? deleteGeneration : deleteUpload
        if (await remove(ownerId, id, deps, (tx) => isStillTrash(tx, id))) gone.push(id)
      } catch (error) {
        log().warn({ err: error, itemId: id }, 'an item was not deleted')
      }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return gone
}
