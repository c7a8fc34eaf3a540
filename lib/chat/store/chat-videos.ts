import { and, asc, eq, isNull } from 'drizzle-orm'
import type { ChatVideo } from '#lib/contract/chat-view'
import { database } from '../../db/client.ts'
import { chatVideo } from '../../db/chat-schema.ts'
import { file } from '../../db/schema.ts'
import { type FileRow, fileColumns } from '../../generations/row.ts'

/** The videos of a chat that still exist, in order of their numbers, each with its row. */
export async function chatVideos(
  userId: string,
  chatId: string,
): Promise<{ video: ChatVideo; row: FileRow }[]> {
  const rows = await database()
    .select({ chat_video: chatVideo, file: fileColumns })
    .from(chatVideo)
    .innerJoin(file, eq(file.id, chatVideo.fileId))
    .where(and(eq(chatVideo.chatId, chatId), eq(file.userId, userId), isNull(file.deletedAt)))
    .orderBy(asc(chatVideo.number))
  return rows.map(({ chat_video: { fileId, parentFileId, number, messageId }, file: row }) => ({
    video: { fileId, parentFileId, number, messageId },
    row,
  }))
}

/** The video that a call has started before, if it still exists. */
export async function videoOfCall(
  userId: string,
  chatId: string,
  callKey: string,
): Promise<FileRow | undefined> {
  const [found] = await database()
    .select({ row: fileColumns })
    .from(chatVideo)
    .innerJoin(file, eq(file.id, chatVideo.fileId))
    .where(
      and(
        eq(chatVideo.chatId, chatId),
        eq(chatVideo.callKey, callKey),
        eq(file.userId, userId),
        isNull(file.deletedAt),
      ),
    )
  return found?.row
}
