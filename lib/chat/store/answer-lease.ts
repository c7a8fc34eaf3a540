import { and, eq, exists, isNotNull, sql } from 'drizzle-orm'
import type { ChatMessage } from '#lib/contract/chat'
import type { Caller } from '#lib/contract/people/caller'
import { type ChatRow, chat, chatMessage } from '../../db/chat-schema.ts'
import { type Database, type Transaction, database, inTransaction } from '../../db/client.ts'
import { newId } from '../../ids.ts'
import { settle } from '../answer-parts.ts'
import { searchText, storable } from '../texts.ts'

/** The right to write one answer; every write of it is fenced by the lease. */
export interface AnswerLease {
  chatId: string
  /** As the world knows the chat. */
  publicId: string
  answerId: string
  leaseId: string
  ownerId: string
  /** Who asked for the answer, and pays for what it starts. */
  caller: Caller
}

/** How long an answer is held without a sign of life of its process. */
export const leaseMs = 12_000

// Every time of a lease comes from the database's clock: processes with clocks of their own share it.
const leaseEnd = sql`now() + ${leaseMs} * interval '1 millisecond'`
/** Whether a process holds the lease of a chat's answer right now. */
export const isLeased = sql<boolean>`coalesce(${chat.leaseUntil} > now(), false)`

/** Takes the lease for a new answer to a caller. The chat's row is locked by this transaction. */
export async function takeLease(
  tx: Transaction,
  { id: chatId, publicId, ownerId }: ChatRow,
  { answerId, caller, now }: { answerId: string; caller: Caller; now: Date },
): Promise<AnswerLease> {
  const leaseId = newId('lease')
  const lease = {
    answerId,
    answerFor: plain(caller),
    answerAttempts: 1,
    leaseId,
    leaseUntil: leaseEnd,
  }
  await tx
    .update(chat)
    .set({ ...lease, stopRequestedAt: null, updatedAt: now })
    .where(eq(chat.id, chatId))
  return { chatId, publicId, answerId, leaseId, ownerId, caller }
}

/** Takes the lease of an answer whose process has died; undefined where there is none, or it is held. */
export async function claimAnswer(
  ownerId: string,
  chatId: string,
): Promise<(AnswerLease & { attempts: number }) | undefined> {
  const leaseId = newId('lease')
  const isMine = and(eq(chat.id, chatId), eq(chat.ownerId, ownerId))
  const [row] = await database()
    .update(chat)
    .set({ leaseId, leaseUntil: leaseEnd, answerAttempts: sql`${chat.answerAttempts} + 1` })
    .where(and(isMine, isNotNull(chat.answerId), sql`not ${isLeased}`))
    .returning()
  if (!row) return undefined
  const caller = asOwned(row.answerFor ?? visitor(ownerId), ownerId)
  const { publicId, answerAttempts: attempts } = row
  return { chatId, publicId, answerId: row.answerId!, leaseId, ownerId, caller, attempts }
}

/** A caller to keep: nothing else of the session that it came with. */
function plain({ ownerId, userId, isVisitor, role, keyId, scopes }: Caller): Caller {
  return { ownerId, userId, isVisitor, role, keyId, scopes }
}

/** Who asked, where the chat may have moved into an account since. */
function asOwned(asked: Caller, ownerId: string): Caller {
  return asked.ownerId === ownerId ? asked : { ...asked, ownerId, userId: ownerId }
}

/** Who an answer of an older version is for, where every account was a visitor's. */
function visitor(id: string): Caller {
  return { ownerId: id, userId: id, isVisitor: true, role: 'user', keyId: null, scopes: null }
}

/**
 * Sees to it that the lease names the owner of now: while an answer is written, the chat may move from a visitor into an
 * account. Answers whether it has.
 */
export async function followOwner(lease: AnswerLease): Promise<boolean> {
  const [row] = await database()
    .select({ ownerId: chat.ownerId })
    .from(chat)
    .where(eq(chat.id, lease.chatId))
  if (!row || row.ownerId === lease.ownerId) return false
  lease.ownerId = row.ownerId
  lease.caller = { ...lease.caller, ownerId: row.ownerId, userId: row.ownerId }
  return true
}

/** Does a piece of the answer's work as the owner of now; once more where the chat has moved while it was done. */
export async function asOwnerOfNow<T>(lease: AnswerLease, work: () => Promise<T>): Promise<T> {
  await followOwner(lease)
  try {
    return await work()
  } catch (error) {
    if (!(await followOwner(lease))) throw error
    return work()
  }
}

/** Extends the lease; tells whether it is still held, and whether the user has asked to stop. */
export async function renewAnswer(lease: AnswerLease) {
  const [row] = await database()
    .update(chat)
    .set({ leaseUntil: leaseEnd })
    .where(isHeld(lease))
    .returning({ stopRequestedAt: chat.stopRequestedAt })
  return { isHeld: row !== undefined, isStopped: row?.stopRequestedAt != null }
}

/** Lets the lease end now: this process is ending, and the next reader resumes the answer. */
export async function abandonAnswer(lease: AnswerLease) {
  await database()
    .update(chat)
    .set({ leaseUntil: sql`now()` })
    .where(isHeld(lease))
}

/** Asks the process that writes the answer to stop; false where no process does. */
export async function requestStop(chatId: string): Promise<boolean> {
  const asked = await database()
    .update(chat)
    .set({ stopRequestedAt: sql`now()` })
    .where(and(eq(chat.id, chatId), isNotNull(chat.answerId), isLeased))
  return asked.rowCount === 1
}

/** Saves an answer as it is so far; false where the lease was lost. */
export async function saveAnswer(lease: AnswerLease, message: ChatMessage): Promise<boolean> {
  return (await write(database(), lease, message)).rowCount === 1
}

/** Saves an answer for good and frees the chat for the next turn; false where the lease was lost. */
export async function finishAnswer(lease: AnswerLease, message: ChatMessage, now: Date) {
  return inTransaction(async (tx) => {
    const written = await write(tx, lease, message)
    if (written.rowCount !== 1) return false
    await tx
      .update(chat)
      .set({ ...noAnswer, updatedAt: now })
      .where(isHeld(lease))
    return true
  })
}

/** Closes an answer that will not go on: the user stopped it, or sent another message. */
export async function closeDeadAnswer({ id, answerId }: ChatRow, outer?: Transaction) {
  const close = async (tx: Transaction) => {
    const isAnswer = and(eq(chatMessage.chatId, id), eq(chatMessage.id, answerId ?? ''))
    const [row] = await tx.select().from(chatMessage).where(isAnswer)
    if (row)
      await tx
        .update(chatMessage)
        .set({ parts: settle(row.parts), metadata: { ...row.metadata, isInterrupted: true } })
        .where(isAnswer)
    await tx
      .update(chat)
      .set(noAnswer)
      .where(and(eq(chat.id, id), eq(chat.answerId, answerId ?? '')))
  }
  await (outer ? close(outer) : inTransaction(close))
}

const noAnswer = { answerId: null, answerFor: null, leaseId: null, leaseUntil: null }

function write(db: Database | Transaction, lease: AnswerLease, message: ChatMessage) {
  const { parts, metadata } = storable(message)
  const held = db
    .select({ one: sql`1` })
    .from(chat)
    .where(isHeld(lease))
  const { chatId, answerId } = lease
  return db
    .update(chatMessage)
    .set({ parts, searchText: searchText(parts), ...(metadata && { metadata }) })
    .where(and(eq(chatMessage.chatId, chatId), eq(chatMessage.id, answerId), exists(held)))
}

function isHeld({ chatId, leaseId }: AnswerLease) {
  return and(eq(chat.id, chatId), eq(chat.leaseId, leaseId))
}
