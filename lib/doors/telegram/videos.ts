import { and, desc, eq, gt, inArray, isNull, lte, notInArray, sql } from 'drizzle-orm'
import { type Transaction, database } from '../../db/client.ts'
import { type TelegramVideo, telegramVideo } from '../../db/notice-schema.ts'
import { randomText } from '../../ids.ts'
import { leaseSeconds } from './inbox.ts'

export type { TelegramVideo }

// What chats ask for, from the question to the finished video. All of it is in the row: a process that dies in between is
// followed by another that goes on.

type NewVideo = Pick<TelegramVideo, 'bot' | 'chatId' | 'source' | 'userId' | 'ownerId'> &
  Partial<Pick<TelegramVideo, 'prompt' | 'imageId' | 'fromId' | 'model' | 'aspectRatio'>>

// Buttons hold it, whose data is 64 bytes at most.
const idLength = 16
const wordsWithinMinutes = 15

/** The video that something asks for; asked for by the same thing again, it is the same one. */
export async function openVideo(values: NewVideo): Promise<TelegramVideo> {
  const row = { ...values, id: randomText(idLength), createdAt: sql`now()` }
  const [made] = await database()
    .insert(telegramVideo)
    .values(row)
    .onConflictDoNothing()
    .returning()
  return made ?? (await videoOfSource(values))!
}

export async function videoOfSource({
  bot,
  chatId,
  source,
}: Pick<TelegramVideo, 'bot' | 'chatId' | 'source'>) {
  const isIt = and(
    eq(telegramVideo.bot, bot),
    eq(telegramVideo.chatId, chatId),
    eq(telegramVideo.source, source),
  )
  const [found] = await database().select().from(telegramVideo).where(isIt)
  return found
}

/** A video of a chat by its id. */
export async function findVideoOf(bot: string, chatId: string, id: string) {
  const isIt = and(isOf(bot, chatId), eq(telegramVideo.id, id))
  const [found] = await database().select().from(telegramVideo).where(isIt)
  return found
}

/**
 * Has a chat told of a generation, as it is then: by the message that shows it already, or a new one. Told twice, it is
 * one.
 */
export async function tellVideo(
  told: Pick<TelegramVideo, 'bot' | 'chatId' | 'userId' | 'ownerId'> & { fileId: string },
) {
  const { bot, chatId, userId, ownerId, fileId: generationId } = told
  const source = `notice:${generationId}`
  const values = { bot, chatId, userId, ownerId, generationId, source, createdAt: sql`now()` }
  await database()
    .insert(telegramVideo)
    .values({ ...values, id: randomText(idLength), dueAt: sql`now()` })
    .onConflictDoUpdate({
      target: [telegramVideo.bot, telegramVideo.chatId, telegramVideo.generationId],
      set: { dueAt: sql`now()`, tries: 0 },
    })
}

/** The picture that came last without words, where it is not long ago. */
export async function wordlessVideo(bot: string, chatId: string) {
  const isRecent = gt(
    telegramVideo.createdAt,
    sql`now() - make_interval(mins => ${wordsWithinMinutes})`,
  )
  const [found] = await database()
    .select()
    .from(telegramVideo)
    .where(and(isOf(bot, chatId), isNull(telegramVideo.prompt), isRecent))
    .orderBy(desc(telegramVideo.createdAt))
    .limit(1)
  return found
}

/** Changes a video that is not started yet; undefined where it is. */
export async function changeVideo(
  id: string,
  set: Partial<Omit<TelegramVideo, 'id' | 'generationId'>>,
): Promise<TelegramVideo | undefined> {
  const isOpen = and(eq(telegramVideo.id, id), isNull(telegramVideo.generationId))
  const [changed] = await database().update(telegramVideo).set(set).where(isOpen).returning()
  return changed
}

/** Another choice: the buttons of before are for another question. */
export function chooseAgain(
  id: string,
  set: Partial<Pick<TelegramVideo, 'model' | 'aspectRatio'>>,
) {
  const revision = sql`${telegramVideo.revision} + 1`
  const isOpen = and(eq(telegramVideo.id, id), isNull(telegramVideo.generationId))
  return database()
    .update(telegramVideo)
    .set({ ...set, revision })
    .where(isOpen)
    .returning()
    .then(([changed]) => changed)
}

/** In the transaction of the start: a video is started once, whatever asks for it and however late. */
export async function markStarted(tx: Transaction, id: string, generationId: string) {
  const isOpen = and(eq(telegramVideo.id, id), isNull(telegramVideo.generationId))
  const [marked] = await tx
    .update(telegramVideo)
    .set({ generationId, dueAt: sql`now()`, tries: 0 })
    .where(isOpen)
    .returning({ id: telegramVideo.id })
  if (!marked) throw new Error('this video was started meanwhile')
}

/** Has the message of a generation in a chat looked after again. */
export async function wakeMessageOf(bot: string, chatId: string, generationId: string) {
  await database()
    .update(telegramVideo)
    .set({ dueAt: sql`now()`, tries: 0 })
    .where(and(isOf(bot, chatId), eq(telegramVideo.generationId, generationId)))
}

/** So many messages of one chat are looked after at once: its films take long to upload, and others wait for theirs. */
export const atOnceAChat = 2

/**
 * Takes the messages that are due, chats in turns and a few of each, the most overdue first: as long as the lease holds no
 * other process does. None of the chats that are busy.
 */
export async function takeDueVideos(
  bot: string,
  atMost: number,
  busyChats: readonly string[] = [],
): Promise<TelegramVideo[]> {
  const isDue = and(eq(telegramVideo.bot, bot), sql`${telegramVideo.dueAt} <= now()`)
  const place = sql<number>`row_number() over (
    partition by ${telegramVideo.chatId} order by ${telegramVideo.dueAt})`.as('place')
  const due = database()
    .select({ id: telegramVideo.id, dueAt: telegramVideo.dueAt, place })
    .from(telegramVideo)
    .where(and(isDue, notInArray(telegramVideo.chatId, [...busyChats])))
    .as('due')
  const next = database()
    .select({ id: due.id })
    .from(due)
    .where(lte(due.place, atOnceAChat))
    .orderBy(due.place, due.dueAt)
    .limit(atMost)
  const free = database()
    .select({ id: telegramVideo.id })
    .from(telegramVideo)
    .where(and(inArray(telegramVideo.id, next), isDue))
    .for('update', { skipLocked: true })
  return database()
    .update(telegramVideo)
    .set({
      dueAt: sql`now() + make_interval(secs => ${leaseSeconds()})`,
      tries: sql`${telegramVideo.tries} + 1`,
    })
    .where(inArray(telegramVideo.id, free))
    .returning()
}

/** Writes down what the chat shows, and when it is to be looked after next: null for never. */
export async function noteVideo(
  id: string,
  {
    dueInSeconds,
    ...set
  }: Partial<Pick<TelegramVideo, 'messageId' | 'shownVersion' | 'sentMessageId' | 'tries'>> & {
    dueInSeconds?: number | null
  },
) {
  const dueAt = dueInSeconds === null ? null : sql`now() + make_interval(secs => ${dueInSeconds})`
  await database()
    .update(telegramVideo)
    .set({ ...set, ...(dueInSeconds !== undefined && { dueAt }) })
    .where(eq(telegramVideo.id, id))
}

function isOf(bot: string, chatId: string) {
  return and(eq(telegramVideo.bot, bot), eq(telegramVideo.chatId, chatId))
}

/** Has everything looked after that another process was at. Only for the one process that looks after them. */
export async function dueAgain(bot: string) {
  await database()
    .update(telegramVideo)
    .set({ dueAt: sql`now()` })
    .where(and(eq(telegramVideo.bot, bot), sql`${telegramVideo.dueAt} > now()`))
}
