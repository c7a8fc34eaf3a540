import { and, asc, eq, sql } from 'drizzle-orm'
import { chatImageId, imagesOf } from '#lib/contract/chat-images'
import { chatMessage } from '../../db/chat-schema.ts'
import { database } from '../../db/client.ts'
import { type ImageRow, findOwnedImages } from '../../assets/assets.ts'

/** The images this user has attached in a chat, in order of appearance, each once. */
export async function chatImages(userId: string, chatId: string): Promise<ImageRow[]> {
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
  const images = await findOwnedImages(userId, ids)
  return [...new Set(ids)].flatMap((id) => images.find((image) => image.id === id) ?? [])
}
