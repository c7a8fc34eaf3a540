import { and, eq } from 'drizzle-orm'
import { chatIdPattern } from '#lib/contract/chat-message'
import { database } from '../../db/client.ts'
import { type ChatRow, chat } from '../../db/chat-schema.ts'

/** The chat of this owner; undefined for a stranger's, a deleted and a never-seen one alike. */
export async function findChat(userId: string, chatId: string): Promise<ChatRow | undefined> {
  if (!chatIdPattern.test(chatId)) return undefined
  const [row] = await database()
    .select()
    .from(chat)
    .where(and(eq(chat.id, chatId), eq(chat.userId, userId)))
  return row
}
