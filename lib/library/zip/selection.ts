import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm'
import { withBasePath } from '#lib/contract/calls/base-path'
import { type ZipLink, zipBytesAtMost, zipItemsAtMost } from '#lib/contract/library/library'
import type { LibraryFilters } from '#lib/contract/library/filters'
import type { ZipRequest } from '#lib/contract/library/schemas'
import { type MessageRef, message } from '#lib/messages/message'
import { database } from '../../db/client.ts'
import { libraryItem, zipLink } from '../../db/library-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { fits } from '../items.ts'

const linkHoldsMs = 60 * 60 * 1000

/** What goes into a ZIP. Of ids, also those that are not there: the ZIP says so. */
export interface Selection {
  ids: string[]
  count: number
  bytes: number
}

/**
 * The items of a request for a ZIP. Throws where nothing of it can be downloaded, and where it is too much; what is not
 * this owner's is as what is not there.
 */
export async function selectionOf(ownerId: string, request: ZipRequest): Promise<Selection> {
  const wanted = 'ids' in request ? [...new Set(request.ids)] : undefined
  const rows = await database()
    .select({ id: libraryItem.id, bytes: libraryItem.sizeBytes })
    .from(libraryItem)
    .where(
      and(
        wanted
          ? and(eq(libraryItem.ownerId, ownerId), inArray(libraryItem.id, wanted))
          : fits(ownerId, (request as { filter: LibraryFilters }).filter),
        eq(libraryItem.status, 'completed'),
      ),
    )
    .orderBy(sql`created_at desc, id desc`)
    .limit(zipItemsAtMost + 1)
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  if (rows.length === 0)
    throw new AppError('not_found', { userMessage: message('errors.zipEmpty') })
  if (rows.length > zipItemsAtMost)
    throw tooMuch(message('errors.zipTooMany', { limit: zipItemsAtMost }))
  if (bytes > zipBytesAtMost)
    throw tooMuch(
      message('errors.zipTooLarge', { size: { bytes }, limit: { bytes: zipBytesAtMost } }),
    )
  return { ids: wanted ?? rows.map(({ id }) => id), count: rows.length, bytes }
}

function tooMuch(says: MessageRef) {
  return new AppError('invalid_input', {
    userMessage: says,
    fields: [{ field: 'ids', message: says }],
  })
}

/** Keeps a selection, so that a browser can download it by an address. */
export async function makeZipLink(
  ownerId: string,
  { ids, count, bytes }: Selection,
  now = new Date(),
): Promise<ZipLink> {
  const id = newId('zip')
  await database().insert(zipLink).values({ id, ownerId, itemIds: ids, createdAt: now })
  const expiresAt = new Date(now.getTime() + linkHoldsMs).toISOString()
  const url = withBasePath(`/api/library/zip/${id}`)
  return { url, name: zipName(now), count, bytes, expiresAt }
}

/** The ids behind a link of this owner. Throws `not_found` for one that is over, foreign or never was. */
export async function linkedIds(ownerId: string, id: string, now = new Date()): Promise<string[]> {
  const after = new Date(now.getTime() - linkHoldsMs)
  const [row] = await database()
    .select({ ids: zipLink.itemIds })
    .from(zipLink)
    .where(and(eq(zipLink.id, id), eq(zipLink.ownerId, ownerId), gt(zipLink.createdAt, after)))
  if (!row) throw new AppError('not_found', { userMessage: message('errors.zipGone') })
  return row.ids
}

/** Forgets the links that are over. */
export async function forgetOldZipLinks(now: Date) {
  const before = new Date(now.getTime() - linkHoldsMs)
  await database().delete(zipLink).where(lt(zipLink.createdAt, before))
}

/** What a ZIP is saved as. */
export function zipName(now: Date) {
  return `photofinish-${now.toISOString().slice(0, 10)}.zip`
}
