import { z } from 'zod'
import type { ChatPage, ChatSummary, ChatView } from '#lib/contract/chat'
import { plain } from '#lib/contract/request/request-fields'
import { searchable } from '#lib/contract/text/searchable'
import { message } from '#lib/messages/message'
import { type ChatRow, chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { resumeAnswer, stopAnswer } from './conversation.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { chatNotFound, findChat, isOwnChat, listChats as listRows } from './store/chats.ts'
import { allMessages } from './store/messages.ts'
import { chatVideos } from './store/videos.ts'

const pageSize = 30
const searchMaxLength = 200
const titleMessage = message('chat.error.title')
const renameSchema = z.object({
  title: z.string().check(plain()).min(1).max(200),
})

/** A page of the user's chats, last used first; those that contain the search where one is given. */
export async function listChats(
  ownerId: string,
  { search = '', cursor }: { search?: string | undefined; cursor?: string | undefined },
): Promise<ChatPage> {
  const { rows, nextCursor } = await listRows({
    ownerId,
    search: search.slice(0, searchMaxLength),
    cursor,
    limit: pageSize,
  })
  return { chats: rows.map(summaryOf), nextCursor, answeredBy: productionDeps().model.label }
}

/** A chat with all that is in it. Resumes an answer whose process has died. */
export async function readChat(
  ownerId: string,
  chatId: string,
  deps: ChatDeps = productionDeps(),
): Promise<ChatView> {
  const stream = await resumeAnswer(ownerId, chatId, deps)
  await stream?.cancel()
  const row = await findChat(ownerId, chatId)
  if (!row) throw chatNotFound()
  const [messages, videos] = await Promise.all([
    allMessages(row.id),
    chatVideos(ownerId, row.id, { withTrash: true }),
  ])
  return {
    ...summaryOf(row),
    messages,
    isAnswering: row.answerId !== null,
    videos: videos.map(({ video }) => video),
  }
}

/** Gives a chat another title. Its place in the list stays. */
export async function renameChat(
  ownerId: string,
  chatId: string,
  body: unknown,
): Promise<ChatSummary> {
  const parsed = renameSchema.safeParse(body)
  if (!parsed.success)
    throw new AppError('invalid_input', {
      userMessage: titleMessage,
      fields: [{ field: 'title', message: titleMessage }],
    })
  const { title } = parsed.data
  const [row] = await database()
    .update(chat)
    .set({ title, searchTitle: searchable(title) })
    .where(isOwnChat(ownerId, chatId))
    .returning()
  if (!row) throw chatNotFound()
  return summaryOf(row)
}

/** Deletes a chat with its messages; its videos stay in the library. */
export async function deleteChat(ownerId: string, chatId: string): Promise<void> {
  await stopAnswer(ownerId, chatId)
  await database().delete(chat).where(isOwnChat(ownerId, chatId))
}

function summaryOf({ publicId, title, createdAt, updatedAt }: ChatRow): ChatSummary {
  return {
    id: publicId,
    title,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
