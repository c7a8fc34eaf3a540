import { type SQL, and, desc, eq, isNull, notInArray, sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'
import { type FileRow, fileColumns } from './file-row.ts'
import { finalStates } from './file-states.ts'

export interface ListOptions {
  userId: string
  /** `pending`: only what is not finished, for recovery after a reload. */
  status: 'pending' | undefined
  cursor: string | undefined
  limit: number
}

/** A user's files, newest first, a page at a time. An unreadable cursor begins at the top. */
export async function listFiles({ userId, status, cursor, limit }: ListOptions) {
  const conditions: (SQL | undefined)[] = [
    eq(file.userId, userId),
    isNull(file.deletedAt),
    status && notInArray(file.state, [...finalStates]),
    afterCursor(cursor),
  ]
  const rows = await database()
    .select(fileColumns)
    .from(file)
    .where(and(...conditions))
    .orderBy(desc(file.createdAt), desc(file.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? cursorOf(page.at(-1)!) : null }
}

function cursorOf({ createdAt, id }: FileRow) {
  return Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url')
}

function afterCursor(cursor: string | undefined) {
  const match = /^(\d{1,15}) (file_[0-9a-z]{24})$/.exec(
    Buffer.from(cursor ?? '', 'base64url').toString(),
  )
  if (!match) return undefined
  const createdAt = new Date(Number(match[1])).toISOString()
  return sql`(${file.createdAt}, ${file.id}) < (${createdAt}::timestamptz, ${match[2]})`
}
