import { type SQL, and, desc, eq, like, or, sql } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { type ChatRow, chat, chatMessage } from '../../db/chat-schema.ts'
import { likePattern } from './like-pattern.ts'

export interface ListChatsOptions {
  userId: string
  /** To be found in the title or in a text of the chat. */
  search: string
  cursor: string | undefined
  limit: number
}

/** A user's chats, last used first, a page at a time. An unreadable cursor begins at the top. */
export async function listChats({ userId, search, cursor, limit }: ListChatsOptions) {
  const rows = await database()
    .select()
    .from(chat)
    .where(and(eq(chat.userId, userId), matching(search.trim()), afterCursor(cursor)))
    .orderBy(desc(chat.updatedAt), desc(chat.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  return { rows: page, nextCursor: rows.length > limit ? cursorOf(page.at(-1)!) : null }
}

function matching(search: string): SQL | undefined {
  if (!search) return undefined
  const pattern = likePattern(search.toLowerCase())
  return or(
    like(chat.searchTitle, pattern),
    sql`exists (select 1 from ${chatMessage} where ${chatMessage.chatId} = ${chat.id}
      and ${chatMessage.searchText} like ${pattern})`,
  )
}

function cursorOf({ updatedAt, id }: ChatRow) {
  return Buffer.from(`${updatedAt.getTime()} ${id}`).toString('base64url')
}

function afterCursor(cursor: string | undefined) {
  const match = /^(\d{1,15}) (chat_[0-9a-z]{24})$/.exec(
    Buffer.from(cursor ?? '', 'base64url').toString(),
  )
  if (!match) return undefined
  const updatedAt = new Date(Number(match[1])).toISOString()
  return sql`(${chat.updatedAt}, ${chat.id}) < (${updatedAt}::timestamptz, ${match[2]})`
}
