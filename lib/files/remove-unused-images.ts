import { and, eq, lt, notExists, sql } from 'drizzle-orm'
import { chat, chatMessage } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { file, image } from '../db/schema.ts'

const keptMs = 7 * 24 * 60 * 60 * 1000

/**
 * Forgets the pictures that nobody uses: for a week they were not asked for, no video was started from them and no
 * message names them. Answers their ids. One that is taken at this very moment stays.
 */
export async function removeUnusedImages(now: Date) {
  const isOld = lt(image.createdAt, new Date(now.getTime() - keptMs))
  const videos = database()
    .select({ id: file.id })
    .from(file)
    .where(and(eq(file.userId, image.userId), names(file.inputs)))
  const messages = database()
    .select({ id: chatMessage.id })
    .from(chatMessage)
    .innerJoin(chat, eq(chat.id, chatMessage.chatId))
    .where(and(eq(chat.userId, image.userId), names(chatMessage.parts)))
  const removed = await database()
    .delete(image)
    .where(and(isOld, notExists(videos), notExists(messages)))
    .returning({ id: image.id })
  return removed.map(({ id }) => id)
}

/** Ids are random and long: wherever one stands in the JSON, the picture is meant. */
function names(column: typeof file.inputs | typeof chatMessage.parts) {
  return sql`position(${image.id} in ${column}::text) > 0`
}
