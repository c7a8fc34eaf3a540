import { and, eq, gt } from 'drizzle-orm'
import { imagesOf } from '#lib/contract/chat-images'
import type { ChatMessage, ChatMetadata } from '#lib/contract/chat-message'
import { inTransaction, type Transaction } from '../../db/client.ts'
import { type ChatRow, chat, chatMessage } from '../../db/chat-schema.ts'
import { AppError } from '../../errors.ts'
import { leaseMs } from '../../generations/engine/lease.ts'
import { newId } from '../../ids.ts'
import { applyDecisions } from '../apply-decisions.ts'
import { chatNotFound } from '../chat-not-found.ts'
import { searchText } from '../search-text.ts'
import type { ChatIntent } from '../read-chat-request.ts'
import { titleOf } from '../title-of.ts'
import { type AnswerLease, isWriting } from './answer-lease.ts'
import { countTurn } from './count-turn.ts'
import { lastMessages } from './messages.ts'
import { settleDeadAnswer } from './settle-dead-answer.ts'

export interface TurnOptions {
  userId: string
  intent: ChatIntent
  /** Label of what will answer. */
  model: string
  messagesAMinute: number
  now: Date
}

/** The answer to write, with the lease to write it under; or the one that is being written already. */
export type Turn = { answer: AnswerLease } | { writing: { chatId: string; answerId: string } }

/**
 * Puts a turn on record, in one transaction: the chat where it is the first, the message, what an edit drops, and the
 * answer's place with its lease. A turn sent again while its answer is written resolves to that answer; any other
 * turn has to wait for it. Throws where the user has had too many turns this minute.
 */
export async function openTurn(options: TurnOptions): Promise<Turn> {
  const { intent } = options
  return inTransaction(async (tx) => {
    await countTurn(tx, options.userId, options.now, options.messagesAMinute)
    const row = await lockChat(tx, options)
    const last = await lastMessages(tx, row.id, 2)
    if (row.answerId !== null) {
      const isSame = isSameTurn(intent, last)
      if (isWriting(row, options.now)) {
        if (!isSame) throw stillWriting()
        return { writing: { chatId: row.id, answerId: row.answerId } }
      }
      // Dead, but this very turn: whoever looks next takes it up where it was left.
      if (isSame) return { writing: { chatId: row.id, answerId: row.answerId } }
      await settleDeadAnswer(tx, row)
    }
    const answerId =
      intent.kind === 'text'
        ? await putMessage(tx, intent, options)
        : await putDecisions(tx, intent, last.at(-1))
    return { answer: await takeLease(tx, row.id, answerId, options.now) }
  })
}

async function lockChat(tx: Transaction, { userId, intent, now }: TurnOptions): Promise<ChatRow> {
  if (intent.kind === 'text') {
    const title = titleOf(intent.text) || 'An image'
    await tx
      .insert(chat)
      .values({
        id: intent.chatId,
        userId,
        title,
        searchTitle: title.toLowerCase(),
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing()
  }
  const [row] = await tx.select().from(chat).where(eq(chat.id, intent.chatId)).for('update')
  if (!row || row.userId !== userId) throw chatNotFound()
  return row
}

/** Whether a turn is the one whose answer is being written: sent twice by a click or by the network. */
function isSameTurn(intent: ChatIntent, last: ChatMessage[]) {
  const [question, answer] = [last.findLast(({ role }) => role === 'user'), last.at(-1)]
  if (intent.kind === 'text')
    return question?.id === intent.messageId && isSameMessage(question, intent)
  return answer?.id === intent.messageId && applyDecisions(answer, intent.decisions) === 'applied'
}

function isSameMessage(known: ChatMessage, { text, images }: ChatIntent & { kind: 'text' }) {
  const knownText = known.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const urls = (parts: { url: string }[]) => parts.map(({ url }) => url).join(' ')
  return knownText === text && urls(imagesOf(known)) === urls(images)
}

async function putMessage(
  tx: Transaction,
  { chatId, messageId, text, images }: ChatIntent & { kind: 'text' },
  { model, now }: TurnOptions,
) {
  const inChat = eq(chatMessage.chatId, chatId)
  const [known] = await tx
    .select()
    .from(chatMessage)
    .where(and(inChat, eq(chatMessage.id, messageId)))
  if (known && known.role !== 'user') throw notYours()
  const [last] = await lastMessages(tx, chatId, 1)
  const position = known ? known.position : last ? last.position + 1 : 0
  if (known) await tx.delete(chatMessage).where(and(inChat, gt(chatMessage.position, position)))
  const words = text ? [{ type: 'text' as const, text }] : []
  const parts: ChatMessage['parts'] = [...images, ...words]
  const metadata: ChatMetadata = { createdAt: now.toISOString() }
  await tx
    .insert(chatMessage)
    .values({
      chatId,
      id: messageId,
      position,
      role: 'user',
      parts,
      metadata,
      searchText: searchText(parts),
    })
    .onConflictDoUpdate({
      target: [chatMessage.chatId, chatMessage.id],
      set: { parts, searchText: searchText(parts) },
    })
  const id = newId('answer')
  await tx.insert(chatMessage).values({
    chatId,
    id,
    position: position + 1,
    role: 'assistant',
    parts: [],
    metadata: { ...metadata, model },
    searchText: '',
  })
  return id
}

async function putDecisions(
  tx: Transaction,
  { chatId, messageId, decisions }: ChatIntent & { kind: 'decisions' },
  answer: ChatMessage | undefined,
) {
  const applied = answer?.id === messageId ? applyDecisions(answer, decisions) : 'unknown'
  if (typeof applied === 'string') throw overtaken()
  await tx
    .update(chatMessage)
    .set({ parts: applied })
    .where(and(eq(chatMessage.chatId, chatId), eq(chatMessage.id, messageId)))
  return messageId
}

async function takeLease(tx: Transaction, chatId: string, answerId: string, now: Date) {
  const leaseId = newId('lease')
  const leaseUntil = new Date(now.getTime() + leaseMs)
  const [row] = await tx
    .update(chat)
    .set({
      answerId,
      answerAttempts: 1,
      leaseId,
      leaseUntil,
      stopRequestedAt: null,
      updatedAt: now,
    })
    .where(eq(chat.id, chatId))
    .returning({ userId: chat.userId })
  return { chatId, answerId, leaseId, userId: row!.userId }
}

function stillWriting() {
  return new AppError('not_possible_now', {
    userMessage: 'An answer is being written in this chat. Wait for it, or stop it first.',
  })
}

function overtaken() {
  return new AppError('not_possible_now', {
    userMessage: 'The conversation has gone on since. Ask for the video again.',
  })
}

function notYours() {
  return new AppError('invalid_input', {
    userMessage: 'Only your own messages can be edited.',
    fields: [{ field: 'message.id', message: 'This is the id of an answer.' }],
  })
}
