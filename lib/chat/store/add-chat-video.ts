import { and, eq, max } from 'drizzle-orm'
import { inTransaction } from '../../db/client.ts'
import { chat, chatVideo } from '../../db/chat-schema.ts'
import { chatNotFound } from '../chat-not-found.ts'

/** Puts a video into a chat and answers its number there; one that is in it already keeps its own. */
export async function addChatVideo(
  video: Omit<typeof chatVideo.$inferInsert, 'number'>,
): Promise<number> {
  const { chatId, fileId } = video
  return inTransaction(async (tx) => {
    // Calls of one answer come together: the row of the chat is where they get their numbers one by one.
    const [row] = await tx.select().from(chat).where(eq(chat.id, chatId)).for('update')
    if (!row) throw chatNotFound()
    const isThis = and(eq(chatVideo.chatId, chatId), eq(chatVideo.fileId, fileId))
    const [known] = await tx.select().from(chatVideo).where(isThis)
    if (known) return known.number
    const [last] = await tx
      .select({ number: max(chatVideo.number) })
      .from(chatVideo)
      .where(eq(chatVideo.chatId, chatId))
    const number = (last?.number ?? 0) + 1
    await tx.insert(chatVideo).values({ ...video, number })
    return number
  })
}
