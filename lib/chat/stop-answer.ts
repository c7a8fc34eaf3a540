import { and, eq, gt, isNotNull } from 'drizzle-orm'
import { setTimeout as sleep } from 'node:timers/promises'
import { chat } from '../db/chat-schema.ts'
import { database, inTransaction } from '../db/client.ts'
import { liveAnswers } from './answer/live-answers.ts'
import { chatNotFound } from './chat-not-found.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { findChat } from './store/find-chat.ts'
import { settleDeadAnswer } from './store/settle-dead-answer.ts'

// A tool in hand is not cut off; what it does is over by then, or goes on without being waited for.
const patienceMs = 3_000

/**
 * Stops the answer in progress, in whatever process it is written; what there is of it stays. Resolves once the chat
 * is free for the next message, or nearly so. Nothing happens where no answer is being written.
 */
export async function stopAnswer(
  userId: string,
  chatId: string,
  deps: ChatDeps = productionDeps(),
): Promise<void> {
  const row = await findChat(userId, chatId)
  if (!row) throw chatNotFound()
  if (row.answerId === null) return
  const live = liveAnswers().get(chatId)
  if (live?.answerId === row.answerId) {
    live.stop()
    await Promise.race([live.done, sleep(patienceMs, undefined, { ref: false })])
    return
  }
  const asked = await database()
    .update(chat)
    .set({ stopRequestedAt: deps.now() })
    .where(and(eq(chat.id, chatId), isNotNull(chat.answerId), gt(chat.leaseUntil, deps.now())))
  if (asked.rowCount === 0) await inTransaction((tx) => settleDeadAnswer(tx, row))
}
