import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { safeValidateUIMessages } from 'ai'
import { chatImageId, type ChatMessage, imagesOf } from '#lib/contract/chat'
import { type ChatMessageRow, chatMessage } from '../../db/chat-schema.ts'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { log } from '../../log.ts'
import { findImages } from '../core.ts'

/** A message of a chat, and its position in it. */
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

/** The images this user has attached in a chat, in order of appearance, each once. */
export async function chatImages(ownerId: string, chatId: string) {
  const messages = await database()
    .select({ parts: chatMessage.parts })
    .from(chatMessage)
    .where(
      and(
        eq(chatMessage.chatId, chatId),
        eq(chatMessage.role, 'user'),
        sql`${chatMessage.parts} @> '[{"type":"file"}]'`,
      ),
    )
    .orderBy(asc(chatMessage.position))
  const ids = messages.flatMap(imagesOf).flatMap(({ url }) => chatImageId(url) ?? [])
  const images = await findImages(ownerId, ids)
  return [...new Set(ids)].flatMap((id) => images.find((image) => image.id === id) ?? [])
}

/** Rows as messages; one that another version wrote otherwise is skipped rather than breaking the chat. */
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
  log().warn({ err: result.error, chatId, messageId: id }, 'a stored message is malformed')
  return undefined
}
