import { and, eq, inArray } from 'drizzle-orm'
import { type LibraryItem, type LibraryPage, trashDays } from '#lib/contract/library/library'
import type { LibraryQuery } from '#lib/contract/library/filters'
import { findUploads } from '../assets/assets.ts'
import { uploadViewOf } from '../assets/upload-view.ts'
import { database } from '../db/client.ts'
import { type LibraryItemRow, collectionItem, libraryItem } from '../db/library-schema.ts'
import { findGeneration } from '../generations/queries.ts'
import { fileViewOf } from '../generations/view.ts'
import { findItems } from './items.ts'

const dayMs = 24 * 60 * 60 * 1000

/** A page of an owner's library. */
export async function listLibrary(ownerId: string, query: LibraryQuery): Promise<LibraryPage> {
  const { rows, nextCursor } = await findItems(ownerId, query)
  return { items: await itemViews(ownerId, rows), nextCursor }
}

/** One item of an owner's library; undefined where there is none of this id. */
export async function libraryItemOf(ownerId: string, id: string): Promise<LibraryItem | undefined> {
  const isMeant = and(eq(libraryItem.ownerId, ownerId), eq(libraryItem.id, id))
  const rows = await database().select().from(libraryItem).where(isMeant)
  return (await itemViews(ownerId, rows))[0]
}

/** Items as their owner sees them. What was deleted since they were read is left out. */
async function itemViews(ownerId: string, rows: LibraryItemRow[]): Promise<LibraryItem[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [generations, uploads, members] = await Promise.all([
    // Asked for together, they are read in one query.
    Promise.all(
      rows.filter(({ source }) => source !== 'upload').map(({ id }) => findGeneration(id)),
    ),
    findUploads(ownerId, ids),
    database().select().from(collectionItem).where(inArray(collectionItem.itemId, ids)),
  ])
  const files = new Map(generations.filter((row) => row !== undefined).map((row) => [row.id, row]))
  const brought = new Map(uploads.map((row) => [row.id, row]))
  const collections = Map.groupBy(members, ({ itemId }) => itemId)
  return rows.flatMap((row) => {
    const file = files.get(row.id)
    const upload = brought.get(row.id)
    if (row.source === 'upload' ? !upload : !file || file.deletedAt) return []
    return {
      id: row.id,
      type: row.media,
      source: row.source,
      isStarred: row.isStarred,
      collections: (collections.get(row.id) ?? []).map(({ collectionId }) => collectionId),
      weightBytes: row.sizeBytes,
      ...trashOf(row),
      createdAt: row.createdAt.toISOString(),
      file: file ? fileViewOf(file) : null,
      upload: upload ? uploadViewOf(upload) : null,
    }
  })
}

function trashOf({ trashedAt }: LibraryItemRow) {
  if (!trashedAt) return { trashedAt: null, deletedFrom: null }
  const deletedFrom = new Date(trashedAt.getTime() + trashDays * dayMs)
  return { trashedAt: trashedAt.toISOString(), deletedFrom: deletedFrom.toISOString() }
}
