import { type SQL, and, desc, eq, getTableColumns, like, or, sql } from 'drizzle-orm'
import { chatIdPattern } from '#lib/contract/chat'
import { searchable } from '#lib/contract/text/searchable'
import { message } from '#lib/messages/message'
import { type ChatRow, chat, chatMessage } from '../../db/chat-schema.ts'
import { database } from '../../db/client.ts'
import { afterCursor, cursorOf } from '../../db/queries/keyset.ts'
import { AppError } from '../../errors.ts'
import { isLeased } from './answer-lease.ts'

/** A chat, and whether a process holds the lease of its answer right now. */
export type LeasedChat = ChatRow & { isLeased: boolean }

/** The chat of this owner; undefined for another user's, a deleted and a never-seen one alike. */
export async function findChat(ownerId: string, publicId: string): Promise<LeasedChat | undefined> {
  if (!chatIdPattern.test(publicId)) return undefined
  const [row] = await database()
    .select({ ...getTableColumns(chat), isLeased })
    .from(chat)
    .where(isOwnChat(ownerId, publicId))
  return row
}

/** Another owner's chat may have the same id. */
export function isOwnChat(ownerId: string, publicId: string) {
  return and(eq(chat.ownerId, ownerId), eq(chat.publicId, publicId))
}

/** The one answer for another user's, a deleted and a never-seen chat, so that they cannot be told apart. */
export function chatNotFound() {
  return new AppError('not_found', { userMessage: message('chat.error.notFound') })
}

export interface ListChatsOptions {
  ownerId: string
  /** To be found in the title or in a text of the chat. */
  search: string
  cursor: string | undefined
  limit: number
}

/** A user's chats, last used first, a page at a time. An unreadable cursor begins at the top. */
export async function listChats(options: ListChatsOptions) {
  const { limit } = options
  const rows = await chatsQuery(options)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return { rows: page, nextCursor: last ? cursorOf(last.updatedAt, last.id) : null }
}

/** The rows of such a page, and one more where there is a next one. */
export function chatsQuery({ ownerId, search, cursor, limit }: ListChatsOptions) {
  return database()
    .select()
    .from(chat)
    .where(
      and(
        eq(chat.ownerId, ownerId),
        matching(search),
        afterCursor(cursor, 'chat', [chat.updatedAt, chat.id]),
      ),
    )
    .orderBy(desc(chat.updatedAt), desc(chat.id))
    .limit(limit + 1)
}

// One owner's chats by their index, and the messages of each by theirs: what others have costs nothing here. With
// `exists` the planner may read the messages of all owners once, and keep which chats they are in.
function matching(search: string): SQL | undefined {
  const words = searchable(search)
  if (!words) return undefined
  const pattern = likePattern(words)
  return or(
    like(chat.searchTitle, pattern),
    sql`(select true from ${chatMessage} where ${chatMessage.chatId} = ${chat.id}
      and ${chatMessage.searchText} like ${pattern} limit 1)`,
  )
}

/** A text as the pattern that finds it anywhere, literally; rows of older versions keep quotes and dashes of all kinds. */
export function likePattern(text: string) {
  const literal = text.replaceAll('\0', '').replaceAll(/[\\%_]/g, String.raw`\$&`)
  return `%${literal.replaceAll(/['"-]/g, '_')}%`
}
