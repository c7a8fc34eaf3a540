import type { ChatView } from '#lib/contract/chat-view'
import { chatNotFound } from './chat-not-found.ts'
import { chatSummary } from './chat-summary.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { resumeAnswer } from './resume-answer.ts'
import { chatVideos } from './store/chat-videos.ts'
import { findChat } from './store/find-chat.ts'
import { allMessages } from './store/messages.ts'

/** A chat with all that is in it. Looking at it takes up an answer that was left by a dead process. */
export async function readChat(
  userId: string,
  chatId: string,
  deps: ChatDeps = productionDeps(),
): Promise<ChatView> {
  const stream = await resumeAnswer(userId, chatId, deps)
  await stream?.cancel()
  const [row, messages, videos] = await Promise.all([
    findChat(userId, chatId),
    allMessages(chatId),
    chatVideos(userId, chatId),
  ])
  if (!row) throw chatNotFound()
  return {
    ...chatSummary(row),
    messages,
    isAnswering: row.answerId !== null,
    videos: videos.map(({ video }) => video),
  }
}
