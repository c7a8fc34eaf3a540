import { message } from '#lib/messages/message'
import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import { invalidField } from '../../errors.ts'

// A list that pages by an index, newest first: its cursor names the last row of a page by moment and id.

/** The cursor of the page that begins behind a row. */
export function cursorOf(at: Date, id: string) {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url')
}

// The last moment of the year 9999: no cursor of ours is later.
const latestMs = 253_402_300_799_999

/** The rows behind a cursor, whose ids have the prefix; undefined, which is all of them, where it is unreadable. */
export function afterCursor(
  cursor: string | undefined,
  prefix: string,
  [at, id]: [at: AnyPgColumn, id: AnyPgColumn],
): SQL | undefined {
  const [, ms, lastId = ''] =
    /^(\d{1,15}) ([a-z]+_[0-9a-z]{24})$/.exec(Buffer.from(cursor ?? '', 'base64url').toString()) ??
    []
  if (!lastId.startsWith(`${prefix}_`)) return undefined
  if (Number(ms) > latestMs) throw noCursor()
  const lastAt = new Date(Number(ms)).toISOString()
  return sql`(${at}, ${id}) < (${lastAt}::timestamptz, ${lastId})`
}

function noCursor() {
  return invalidField('cursor', message('request.cursor'))
}
