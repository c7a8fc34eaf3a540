import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../../db/client.ts'
import { type ChatRow, chat, chatMessage } from '../../db/chat-schema.ts'
import { settle } from '../settle.ts'

/** Closes an answer that nobody will take up: the user stopped it, or went on without it. */
export async function settleDeadAnswer(tx: Transaction, { id, answerId }: ChatRow) {
  const isAnswer = and(eq(chatMessage.chatId, id), eq(chatMessage.id, answerId ?? ''))
  const [row] = await tx.select().from(chatMessage).where(isAnswer)
  if (row)
    await tx
      .update(chatMessage)
      .set({ parts: settle(row.parts), metadata: { ...row.metadata, isInterrupted: true } })
      .where(isAnswer)
  await tx
    .update(chat)
    .set({ answerId: null, leaseId: null, leaseUntil: null })
    .where(eq(chat.id, id))
}
