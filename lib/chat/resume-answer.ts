import type { ChatChunk } from '#lib/contract/chat-message'
import { inTransaction } from '../db/client.ts'
import type { ReadOptions } from './answer/live-answer.ts'
import { followStored } from './answer/follow-stored.ts'
import { beginAnswer } from './answer/begin-answer.ts'
import { liveAnswers } from './answer/live-answers.ts'
import { chatNotFound } from './chat-not-found.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { claimAnswer } from './store/answer-lease.ts'
import { findChat } from './store/find-chat.ts'
import { settleDeadAnswer } from './store/settle-dead-answer.ts'

// An answer that has ended this many processes ends no more.
const attemptsAtMost = 5

/**
 * The answer in progress, from its beginning; undefined where there is none. One that a process left when it died is
 * taken up here, in the same message and with the same keys.
 */
export async function resumeAnswer(
  userId: string,
  chatId: string,
  deps: ChatDeps = productionDeps(),
  options: ReadOptions = {},
): Promise<ReadableStream<ChatChunk> | undefined> {
  const chat = await findChat(userId, chatId)
  if (!chat) throw chatNotFound()
  if (chat.answerId === null) return undefined
  const live = liveAnswers().get(chatId)
  if (live?.answerId === chat.answerId) return live.read(options)
  const claimed = await claimAnswer(userId, chatId, deps.now())
  if (!claimed) {
    const takeUp = () => resumeAnswer(userId, chatId, deps, options)
    return followStored({ userId, chatId, answerId: chat.answerId, deps, takeUp })
  }
  if (claimed.attempts <= attemptsAtMost) return beginAnswer(claimed, deps).read(options)
  await inTransaction((tx) => settleDeadAnswer(tx, chat))
  return undefined
}
