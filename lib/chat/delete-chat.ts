import { and, eq } from 'drizzle-orm'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { stopAnswer } from './stop-answer.ts'

/** Deletes a chat with its messages; its videos stay in the library. */
export async function deleteChat(
  userId: string,
  chatId: string,
  deps: ChatDeps = productionDeps(),
): Promise<void> {
  await stopAnswer(userId, chatId, deps)
  await database()
    .delete(chat)
    .where(and(eq(chat.id, chatId), eq(chat.userId, userId)))
}
