import { and, asc, eq, getTableColumns, gt, lt, sql } from 'drizzle-orm'
import { type ChatMessage, type ChatMetadata, imagesOf } from '#lib/contract/chat'
import type { Caller } from '#lib/contract/people/caller'
import { searchable } from '#lib/contract/text/searchable'
import { type Sentence, message } from '#lib/messages/message'
import { chat, chatMessage, chatTurn } from '../../db/chat-schema.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { applyDecisions } from '../answer-parts.ts'
import type { ChatIntent } from '../chat-request.ts'
import { claimKey, hashOf } from '../core.ts'
import { searchText, titleOf } from '../texts.ts'
import { chatKey } from '../tools/call-key.ts'
import { type AnswerLease, closeDeadAnswer, isLeased, takeLease } from './answer-lease.ts'
import { type LeasedChat, chatNotFound, isOwnChat } from './chats.ts'
import { lastMessages } from './messages.ts'

export interface TurnOptions {
  caller: Caller
  intent: ChatIntent
  /** Label of what will answer. */
  model: Sentence
  messagesAMinute: number
  now: Date
  /** One for each turn, where the client gives any. */
  key?: string | null
}

/**
 * The answer to write, with its lease; or the one that is being written already; or, for a key that was used before, that a
 * turn like this had its answer.
 */
export type Turn =
  | { answer: AnswerLease }
  | { writing: { answerId: string } }
  | { isRepeated: true }

type TextIntent = ChatIntent & { kind: 'text' }
type DecisionsIntent = ChatIntent & { kind: 'decisions' }

/**
 * Stores a turn in one transaction: the chat where it is the first, the message, what an edit drops, and the answer's
 * message with its lease. A turn sent again while its answer is written resolves to that answer; any other turn has
 * to wait for it. Throws where the user has had too many turns this minute.
 */
export async function openTurn(options: TurnOptions): Promise<Turn> {
  const { caller, intent, now } = options
  return inTransaction(async (tx) => {
    if (await isRepeated(tx, options)) return { isRepeated: true }
    // A member's flood is that member's alone, and a key's is the key's.
    await countTurn(tx, caller.keyId ?? caller.userId, now, options.messagesAMinute)
    const row = await lockChat(tx, options)
    const last = await lastMessages(tx, row.id, 2)
    if (row.answerId !== null) {
      // Written, or dead and this very turn: the next reader resumes it.
      if (isSameTurn(intent, last)) return { writing: { answerId: row.answerId } }
      if (row.isLeased) throw stillWriting()
      await closeDeadAnswer(row, tx)
    }
    const answerId =
      intent.kind === 'text'
        ? await putMessage(tx, row.id, intent, options)
        : await putDecisions(tx, row.id, intent, last.at(-1))
    return { answer: await takeLease(tx, row, { answerId, caller, now }) }
  })
}

/** Takes the key of a turn. Throws where it was used for another one. */
async function isRepeated(tx: Transaction, { caller, intent, key, now }: TurnOptions) {
  if (!key) return false
  const asked = { ownerId: caller.ownerId, bodyHash: hashOf(intent), now }
  const ofTurns = chatKey('turn', key)
  return Boolean(await claimKey(tx, { ...asked, key: ofTurns, generationId: intent.messageId }))
}

const minuteMs = 60_000
const turnsKeptMs = 60 * minuteMs

/** Counts a turn of this user or key, in whatever process; throws where it is one too many for this minute. */
export async function countTurn(tx: Transaction, ownerId: string, now: Date, atMost: number) {
  // Requests of one user queue here: two at once would both be the last that is allowed.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`turn ${ownerId}`}, 0))`)
  const mine = eq(chatTurn.ownerId, ownerId)
  await tx.delete(chatTurn).where(and(mine, lt(chatTurn.at, new Date(now.getTime() - turnsKeptMs))))
  const recent = await tx
    .select({ at: chatTurn.at })
    .from(chatTurn)
    .where(and(mine, gt(chatTurn.at, new Date(now.getTime() - minuteMs))))
    .orderBy(asc(chatTurn.at))
  if (recent.length >= atMost) throw tooMany(atMost, recent[recent.length - atMost]!.at, now)
  await tx.insert(chatTurn).values({ ownerId, at: now })
}

async function lockChat(
  tx: Transaction,
  { caller: { ownerId }, intent, now }: TurnOptions,
): Promise<LeasedChat> {
  if (intent.kind === 'text') {
    const title = titleOf(intent.text)
    const times = { createdAt: now, updatedAt: now }
    await tx
      .insert(chat)
      .values({
        id: newId('chat'),
        ownerId,
        publicId: intent.chatId,
        title,
        searchTitle: searchable(title),
        ...times,
      })
      .onConflictDoNothing()
  }
  const [row] = await tx
    .select({ ...getTableColumns(chat), isLeased })
    .from(chat)
    .where(isOwnChat(ownerId, intent.chatId))
    .for('update')
  if (!row) throw chatNotFound()
  return row
}

/** Whether a turn is the one whose answer is being written: sent twice by a click or by the network. */
function isSameTurn(intent: ChatIntent, last: ChatMessage[]) {
  const [question, answer] = [last.findLast(({ role }) => role === 'user'), last.at(-1)]
  if (intent.kind === 'text')
    return question?.id === intent.messageId && isSameMessage(question, intent)
  return answer?.id === intent.messageId && applyDecisions(answer, intent.decisions) === 'applied'
}

function isSameMessage(known: ChatMessage, { text, images }: TextIntent) {
  const knownText = known.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const urls = (parts: { url: string }[]) => parts.map(({ url }) => url).join(' ')
  return knownText === text && urls(imagesOf(known)) === urls(images)
}

async function putMessage(
  tx: Transaction,
  chatId: string,
  { messageId, text, images }: TextIntent,
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
  const parts: ChatMessage['parts'] = [
    ...images,
    ...(text ? [{ type: 'text' as const, text }] : []),
  ]
  const content = { parts, searchText: searchText(parts) }
  const metadata: ChatMetadata = { createdAt: now.toISOString() }
  await tx
    .insert(chatMessage)
    .values({ chatId, id: messageId, position, role: 'user', metadata, ...content })
    .onConflictDoUpdate({ target: [chatMessage.chatId, chatMessage.id], set: content })
  const id = newId('answer')
  const empty = { parts: [], searchText: '', metadata: { ...metadata, model } }
  await tx
    .insert(chatMessage)
    .values({ chatId, id, position: position + 1, role: 'assistant', ...empty })
  return id
}

async function putDecisions(
  tx: Transaction,
  chatId: string,
  { messageId, decisions }: DecisionsIntent,
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

function tooMany(atMost: number, oldest: Date, now: Date) {
  const freeInMs = oldest.getTime() + minuteMs - now.getTime()
  return new AppError('rate_limited', {
    userMessage: message('chat.error.tooMany', { count: atMost }),
    retryAfterSeconds: Math.max(1, Math.ceil(freeInMs / 1000)),
  })
}

function stillWriting() {
  return new AppError('not_possible_now', { userMessage: message('chat.error.answering') })
}

function overtaken() {
  return new AppError('not_possible_now', { userMessage: message('chat.error.overtaken') })
}

function notYours() {
  return new AppError('invalid_input', {
    userMessage: message('chat.error.notYours'),
    fields: [{ field: 'message.id', message: message('chat.error.answerId') }],
  })
}
