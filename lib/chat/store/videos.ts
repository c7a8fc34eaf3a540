import { and, asc, eq, max } from 'drizzle-orm'
import type { ChatVideo } from '#lib/contract/chat'
import { searchable } from '#lib/contract/text/searchable'
import { chat, chatVideo } from '../../db/chat-schema.ts'
import { type Transaction, database } from '../../db/client.ts'
import { libraryItem } from '../../db/library-schema.ts'
import { type VideoRow, findVideo, findVideos, mostMicrosOf, newestVideos } from '../core.ts'
import { chatNotFound } from './chats.ts'

type NewChatVideo = Omit<typeof chatVideo.$inferInsert, 'number'>

/**
 * Puts a video into a chat, in the transaction of its start; one that is in it already keeps its number. Holds the
 * chat's row until that transaction ends.
 */
export async function insertChatVideo(tx: Transaction, video: NewChatVideo): Promise<void> {
  const { chatId, fileId } = video
  // Calls of one answer come together: the lock on the chat's row gives them their numbers one by one.
  const [row] = await tx.select().from(chat).where(eq(chat.id, chatId)).for('update')
  if (!row) throw chatNotFound()
  const isThis = and(eq(chatVideo.chatId, chatId), eq(chatVideo.fileId, fileId))
  const [known] = await tx.select().from(chatVideo).where(isThis)
  if (known) return
  const [last] = await tx
    .select({ number: max(chatVideo.number) })
    .from(chatVideo)
    .where(eq(chatVideo.chatId, chatId))
  const number = (last?.number ?? 0) + 1
  await tx.insert(chatVideo).values({ ...video, number })
}

/** The number of a video in a chat that it was started in. */
export async function numberInChat(chatId: string, fileId: string): Promise<number> {
  const [row] = await database()
    .select({ number: chatVideo.number })
    .from(chatVideo)
    .where(and(eq(chatVideo.chatId, chatId), eq(chatVideo.fileId, fileId)))
  if (!row) throw new Error(`video ${fileId} is not in chat ${chatId}`)
  return row.number
}

/** The videos of a chat that still exist, in order of their numbers, each with its row. What is in the trash is left out unless it is asked for. */
export async function chatVideos(
  ownerId: string,
  chatId: string,
  { withTrash = false } = {},
): Promise<{ video: ChatVideo; row: VideoRow }[]> {
  const { fileId, parentFileId, number, messageId } = chatVideo
  const videos = await database()
    .select({ fileId, parentFileId, number, messageId, trashedAt: libraryItem.trashedAt })
    .from(chatVideo)
    .leftJoin(libraryItem, eq(libraryItem.id, chatVideo.fileId))
    .where(eq(chatVideo.chatId, chatId))
    .orderBy(asc(chatVideo.number))
  const rows = await findVideos(
    ownerId,
    videos.map((video) => video.fileId),
  )
  return videos.flatMap(({ trashedAt, ...video }) => {
    const row = rows.get(video.fileId)
    if (!row || (trashedAt && !withTrash)) return []
    return { video: { ...video, ...(trashedAt && { isTrashed: true as const }) }, row }
  })
}

/** The video that a call has started before, where it has. */
export async function startedByCall(
  { ownerId, chatId }: { ownerId: string; chatId: string },
  callKey: string,
): Promise<VideoRow | 'deleted' | undefined> {
  const [found] = await database()
    .select({ fileId: chatVideo.fileId })
    .from(chatVideo)
    .where(and(eq(chatVideo.chatId, chatId), eq(chatVideo.callKey, callKey)))
  return found && ((await findVideo(ownerId, found.fileId)) ?? 'deleted')
}

/** Micro-dollars that the videos started by an answer may cost in all, fallback included. */
export async function mostMicrosOfAnswer(chatId: string, answerId: string): Promise<number> {
  const started = await database()
    .select({ fileId: chatVideo.fileId })
    .from(chatVideo)
    .where(and(eq(chatVideo.chatId, chatId), eq(chatVideo.messageId, answerId)))
  return mostMicrosOf(started.map(({ fileId }) => fileId))
}

const libraryAtMost = 20
const searchedAtMost = 300

/** The newest videos of a user; with a query (as `searchable` makes it) those whose prompt contains it. */
export async function findLibrary(ownerId: string, query: string): Promise<VideoRow[]> {
  const rows = await newestVideos(ownerId, query ? searchedAtMost : libraryAtMost)
  return rows.filter(({ prompt }) => searchable(prompt).includes(query)).slice(0, libraryAtMost)
}
