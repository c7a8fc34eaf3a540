import { type SQL, and, eq, getTableColumns, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { LibraryFilters, LibraryQuery, LibrarySort } from '#lib/contract/library/filters'
import type { LibraryWeight } from '#lib/contract/library/library'
import { database } from '../db/client.ts'
import {
  type LibraryItemRow,
  collection,
  collectionItem,
  libraryItem,
  libraryText,
} from '../db/library-schema.ts'
import { isFoundBy } from './search.ts'

const limitDefault = 24

// Up to so many are sorted at once; of more, the list is walked until a page is full.
const sortedAtMost = 5_000

/** The items of an owner that fit the filters, a page at a time. An unreadable cursor begins at the top. */
export async function findItems(ownerId: string, query: LibraryQuery) {
  const { limit = limitDefault } = query
  const sort = query.sort ?? 'newest'
  const { key, isUp, column } = orders[query.trash && sort === 'newest' ? 'trashed' : sort]
  const direction = sql.raw(isUp ? 'asc' : 'desc')
  const inOrder = sql`${column} ${direction}, ${libraryItem.id} ${direction}`
  // Found in an index alone, which holds what is filtered by; only the page's own rows are fetched.
  const found = database()
    .select({ id: libraryItem.id, key: sql<string>`${key}`.as('key') })
    .from(libraryItem)
    .where(
      and(
        fits(ownerId, query),
        await isAmongFew(ownerId, query.q),
        isBehind(query.cursor, sort, { column, isUp }),
      ),
    )
    .orderBy(inOrder)
    .limit(limit + 1)
    .as('found')
  const rows = await database()
    .select({ ...getTableColumns(libraryItem), key: found.key })
    .from(found)
    .innerJoin(libraryItem, eq(libraryItem.id, found.id))
    .orderBy(inOrder)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    rows: page as LibraryItemRow[],
    nextCursor: last ? cursorOf(sort, last.key, last.id) : null,
  }
}

/** How many items fit the filters, and what they weigh: the bytes of their objects in storage. */
export async function weigh(ownerId: string, filters: LibraryFilters): Promise<LibraryWeight> {
  const [found] = await database()
    .select({
      count: sql<string>`count(*)`,
      bytes: sql<string>`coalesce(sum(${libraryItem.sizeBytes}), 0)`,
    })
    .from(libraryItem)
    .where(fits(ownerId, filters))
  return { count: Number(found!.count), bytes: Number(found!.bytes) }
}

/** Whether an item is this owner's and fits the filters. */
export function fits(ownerId: string, filters: LibraryFilters): SQL | undefined {
  const { id, media, source, model, format, status, door, from, to, starred, trash, q } = filters
  const one = libraryItem
  const among = (column: AnyPgColumn, wanted: string[] | undefined) =>
    wanted && wanted.length > 0 ? inArray(column, wanted) : undefined
  return and(
    eq(one.ownerId, ownerId),
    trash ? isNotNull(one.trashedAt) : isNull(one.trashedAt),
    // As its index says it.
    starred ? sql`is_starred` : undefined,
    among(one.id, id),
    among(one.media, media),
    among(one.source, source),
    among(one.model, model),
    among(one.aspectRatio, format),
    among(one.status, status),
    among(one.door, door),
    from === undefined ? undefined : sql`${one.createdAt} >= ${from}::timestamptz`,
    to === undefined ? undefined : sql`${one.createdAt} < ${to}::timestamptz`,
    filters.collection === undefined ? undefined : isIn(ownerId, filters.collection),
    q === undefined ? undefined : isSaid(ownerId, q),
  )
}

function isSaid(ownerId: string, q: string) {
  const found = isFoundBy(q)
  if (!found) return undefined
  const texts = database()
    .select({ id: libraryText.id })
    .from(libraryText)
    .where(and(eq(libraryText.ownerId, ownerId), found))
  return inArray(libraryItem.id, texts)
}

/**
 * The items that a search finds, where they are few. The database does not know which words are rare in what one owner
 * has: left to itself it may walk all of that for words that are in other owners' only.
 */
async function isAmongFew(ownerId: string, q: string | undefined) {
  const found = q === undefined ? undefined : isFoundBy(q)
  if (!found) return undefined
  const { rows } = await database().execute<{ id: string }>(sql`
    with found as materialized (
      select id from library_text where owner_id = ${ownerId} and ${found}
    ) select id from found limit ${sortedAtMost + 1}`)
  if (rows.length > sortedAtMost) return undefined
  return rows.length === 0
    ? sql`false`
    : sql`${libraryItem.id} = any(${sql.param(rows.map(({ id }) => id))}::text[])`
}

/** A foreign collection is as one that is not there: nothing is in it. */
function isIn(ownerId: string, collectionId: string) {
  const members = database()
    .select({ id: collectionItem.itemId })
    .from(collectionItem)
    .innerJoin(collection, eq(collection.id, collectionItem.collectionId))
    .where(and(eq(collection.id, collectionId), eq(collection.ownerId, ownerId)))
  return inArray(libraryItem.id, members)
}

interface Order {
  /** What the list is ordered by, as its index says it. */
  column: SQL
  isUp: boolean
  /** The same as a cursor holds it. */
  key: SQL
}

const byMoment = (column: SQL): Pick<Order, 'column' | 'key'> => ({
  column,
  key: sql`(extract(epoch from ${column}) * 1000)::bigint::text`,
})
const newest = byMoment(sql`${libraryItem.createdAt}`)
const length = sql`coalesce(duration_seconds, -1)`
const name = sql`name collate "C"`

const orders: Record<LibrarySort | 'trashed', Order> = {
  newest: { ...newest, isUp: false },
  oldest: { ...newest, isUp: true },
  trashed: { ...byMoment(sql`${libraryItem.trashedAt}`), isUp: false },
  longest: { column: length, key: sql`${length}::text`, isUp: false },
  largest: {
    column: sql`${libraryItem.sizeBytes}`,
    key: sql`${libraryItem.sizeBytes}::text`,
    isUp: false,
  },
  name: { column: name, key: sql`name`, isUp: true },
}

function cursorOf(sort: LibrarySort, key: string, id: string) {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')
}

function isBehind(
  cursor: string | undefined,
  sort: LibrarySort,
  { column, isUp }: Pick<Order, 'column' | 'isUp'>,
) {
  const read = readCursor(cursor)
  if (!read || read.sort !== sort) return undefined
  const { key, id } = read
  const value = keyAs[sort](key)
  if (!value) return undefined
  return isUp
    ? sql`(${column}, ${libraryItem.id}) > (${value}, ${id})`
    : sql`(${column}, ${libraryItem.id}) < (${value}, ${id})`
}

// The last moment of the year 9999.
const latestMs = 253_402_300_799_999
const momentAs = (key: string) =>
  /^\d{1,15}$/.test(key) && Number(key) <= latestMs
    ? sql`${new Date(Number(key)).toISOString()}::timestamptz`
    : undefined

const keyAs: Record<LibrarySort, (key: string) => SQL | undefined> = {
  newest: momentAs,
  oldest: momentAs,
  longest: (key) => (/^-?\d{1,9}(\.\d{1,20})?$/.test(key) ? sql`${key}::float8` : undefined),
  largest: (key) => (/^\d{1,18}$/.test(key) ? sql`${key}::bigint` : undefined),
  name: (key) => sql`${key}::text`,
}

function readCursor(cursor = '') {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(read) || read.length !== 3) return undefined
    const [sort, key, id] = read.map(String) as [string, string, string]
    return /^[a-z]+_[0-9a-z]{24}$/.test(id) && !key.includes('\0') ? { sort, key, id } : undefined
  } catch {
    return undefined
  }
}
