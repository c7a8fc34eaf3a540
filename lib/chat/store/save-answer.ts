import { and, eq, exists, sql } from 'drizzle-orm'
import type { ChatMessage } from '#lib/contract/chat-message'
import { database, type Database, inTransaction, type Transaction } from '../../db/client.ts'
import { chat, chatMessage } from '../../db/chat-schema.ts'
import { searchText } from '../search-text.ts'
import { storable } from '../storable.ts'
import type { AnswerLease } from './answer-lease.ts'

/** Writes an answer down as it is so far; false where it is no longer ours to write. */
export async function saveAnswer(lease: AnswerLease, message: ChatMessage): Promise<boolean> {
  return (await write(database(), lease, message)).rowCount === 1
}

/** Writes an answer down for good and gives the chat free for the next turn; false where it is not ours. */
export async function finishAnswer(lease: AnswerLease, message: ChatMessage, now: Date) {
  const { chatId, leaseId } = lease
  return inTransaction(async (tx) => {
    const written = await write(tx, lease, message)
    if (written.rowCount !== 1) return false
    await tx
      .update(chat)
      .set({ answerId: null, leaseId: null, leaseUntil: null, updatedAt: now })
      .where(and(eq(chat.id, chatId), eq(chat.leaseId, leaseId)))
    return true
  })
}

function write(
  db: Database | Transaction,
  { chatId, answerId, leaseId }: AnswerLease,
  message: ChatMessage,
) {
  const { parts, metadata } = storable(message)
  const isOurs = db
    .select({ one: sql`1` })
    .from(chat)
    .where(and(eq(chat.id, chatId), eq(chat.leaseId, leaseId)))
  return db
    .update(chatMessage)
    .set({ parts, searchText: searchText(parts), ...(metadata && { metadata }) })
    .where(and(eq(chatMessage.chatId, chatId), eq(chatMessage.id, answerId), exists(isOurs)))
}
