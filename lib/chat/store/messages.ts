import { asc, desc, eq } from 'drizzle-orm'
import { safeValidateUIMessages } from 'ai'
import type { ChatMessage } from '#lib/contract/chat-message'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { type ChatMessageRow, chatMessage } from '../../db/chat-schema.ts'
import { log } from '../../log.ts'

/** A message of a chat, and where in it it stands. */
export type PlacedMessage = ChatMessage & { position: number }

/** The last messages of a chat, in their order. */
export async function lastMessages(
  db: Database | Transaction,
  chatId: string,
  atMost: number,
): Promise<PlacedMessage[]> {
  const rows = await db
    .select()
    .from(chatMessage)
    .where(eq(chatMessage.chatId, chatId))
    .orderBy(desc(chatMessage.position))
    .limit(atMost)
  return valid(rows.toReversed())
}

/** All messages of a chat, in their order. */
export async function allMessages(chatId: string): Promise<ChatMessage[]> {
  const rows = await database()
    .select()
    .from(chatMessage)
    .where(eq(chatMessage.chatId, chatId))
    .orderBy(asc(chatMessage.position))
  const messages = await valid(rows)
  return messages.map(withoutPlace)
}

/** A message as it goes to a browser or a model. */
export function withoutPlace({ id, role, metadata, parts }: PlacedMessage): ChatMessage {
  return { id, role, metadata, parts }
}

/** Rows as messages; one that an older version wrote otherwise is left out rather than breaking the chat. */
async function valid(rows: ChatMessageRow[]): Promise<PlacedMessage[]> {
  const checked = await Promise.all(rows.map(checkedRow))
  return checked.filter((message) => message !== undefined)
}

async function checkedRow(row: ChatMessageRow): Promise<PlacedMessage | undefined> {
  const { chatId, id, role, parts, metadata, position } = row
  const result = await safeValidateUIMessages<ChatMessage>({
    messages: [{ id, role, parts, metadata }],
  })
  if (result.success) return { ...result.data[0]!, position }
  log().warn({ err: result.error, chatId, messageId: id }, 'a stored message is no message')
  return undefined
}
