import { and, eq, isNotNull, lte, sql } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { type ChatRow, chat } from '../../db/chat-schema.ts'
import { leaseMs } from '../../generations/engine/lease.ts'
import { newId } from '../../ids.ts'

/** The right to write one answer. Every write of it is fenced by the lease, as the steps of a generation are. */
export interface AnswerLease {
  chatId: string
  answerId: string
  leaseId: string
  userId: string
}

/** Whether somebody is believed to be writing right now. */
export function isWriting({ answerId, leaseUntil }: ChatRow, now: Date) {
  return answerId !== null && leaseUntil !== null && leaseUntil > now
}

/** Takes up an answer that a process left when it died; undefined where there is none, or another was quicker. */
export async function claimAnswer(
  userId: string,
  chatId: string,
  now: Date,
): Promise<(AnswerLease & { attempts: number }) | undefined> {
  const leaseId = newId('lease')
  const [row] = await database()
    .update(chat)
    .set({
      leaseId,
      leaseUntil: new Date(now.getTime() + leaseMs),
      answerAttempts: sql`${chat.answerAttempts} + 1`,
    })
    .where(
      and(
        eq(chat.id, chatId),
        eq(chat.userId, userId),
        isNotNull(chat.answerId),
        lte(chat.leaseUntil, now),
      ),
    )
    .returning()
  return row && { chatId, answerId: row.answerId!, leaseId, userId, attempts: row.answerAttempts }
}

/** Says that the answer is still being written; tells whether it is still ours, and whether it is wanted. */
export async function renewAnswer({ chatId, leaseId }: AnswerLease, now: Date) {
  const [row] = await database()
    .update(chat)
    .set({ leaseUntil: new Date(now.getTime() + leaseMs) })
    .where(ours(chatId, leaseId))
    .returning({ stopRequestedAt: chat.stopRequestedAt })
  return { isOurs: row !== undefined, isStopped: row?.stopRequestedAt != null }
}

/** Leaves an answer to whoever looks next: this process is ending. */
export async function abandonAnswer({ chatId, leaseId }: AnswerLease, now: Date) {
  await database().update(chat).set({ leaseUntil: now }).where(ours(chatId, leaseId))
}

function ours(chatId: string, leaseId: string) {
  return and(eq(chat.id, chatId), eq(chat.leaseId, leaseId))
}
