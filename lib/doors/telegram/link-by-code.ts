import { and, eq, getTableColumns, isNull, lt, sql } from 'drizzle-orm'
import type { Caller } from '#lib/contract/people/caller'
import { user } from '../../db/auth-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { telegramCode, telegramLink, telegramVideo } from '../../db/notice-schema.ts'
import { billingOf } from '../../money/billing.ts'
import { hashOf, newToken } from '../../people/accounts/one-time-links.ts'
import { adoptWithin, inMovingTransaction } from '../../people/adoption/adopt.ts'
import {
  type TelegramLink,
  type Writer,
  callerOfLink,
  findLink,
  lockChat,
  madeDomain,
} from './links.ts'

const codeMinutes = 15

/** A code that links one chat to an account, told only now; older ones of the same user are over. */
export async function makeCode({ userId, ownerId }: Pick<Caller, 'userId' | 'ownerId'>) {
  const code = newToken()
  const isOld = lt(telegramCode.expiresAt, sql`now() - interval '1 day'`)
  await database().delete(telegramCode).where(isOld)
  await inTransaction(async (tx) => {
    const isOpen = and(eq(telegramCode.userId, userId), isNull(telegramCode.usedAt))
    await tx.delete(telegramCode).where(isOpen)
    const expiresAt = sql`now() + make_interval(mins => ${codeMinutes})`
    const values = { codeHash: hashOf(code), userId, ownerId, createdAt: sql`now()`, expiresAt }
    await tx.insert(telegramCode).values(values)
  })
  return { code, minutes: codeMinutes }
}

/** What a chat's own account has, and the account it would move to. */
export interface WouldMove {
  name: string
  /** At most `countedVideos`. */
  videos: number
  /** Credits in dollars; null where the studio asks for none. */
  usd: number | null
}

/** No user reads on beyond it, and a count must not grow with the rows. */
export const countedVideos = 1000

export type Linking = TelegramLink | 'linked to another' | { wouldMove: WouldMove } | undefined

interface LinkOptions {
  /** The user has seen what moves, and has agreed. */
  mayMove?: boolean
}

/**
 * Links a chat to the account that asked for a code; undefined where the code is wrong, used or expired. The same chat
 * with the same code again is the same link. A chat that speaks for another account stays with it: a link that another
 * sends to a user must not take the user's chat over. What an account that was made for the chat has moves into this one
 * once the user has agreed to it, together with the link: of two chats at once one is linked, and of the other nothing moves.
 */
export async function linkByCode(
  code: string,
  writer: Writer,
  { mayMove = false }: LinkOptions = {},
): Promise<Linking> {
  const outcome = await inMovingTransaction(async (tx) => {
    const given = await lockCode(tx, code)
    if (!given) return undefined
    await lockChat(tx, writer.telegramId)
    const { userId, ownerId } = given
    const before = await findLink(writer.bot, writer.telegramId, tx)
    if (given.usedAt)
      return before?.userId === userId && before.ownerId === ownerId ? before : undefined
    if (given.isOver) return undefined
    if (before && before.userId !== userId && 'caller' in (await callerOfLink(before, tx))) {
      if (!(await isMade(tx, before.userId))) return 'linked to another'
      if (!mayMove) return { madeId: before.userId, userId }
      await moveMade(tx, before.userId, userId)
    }
    await tx
      .update(telegramCode)
      .set({ usedAt: sql`now()` })
      .where(isCode(code))
    return putLink(tx, { ...writer, userId, ownerId })
  })
  if (typeof outcome !== 'object' || !('madeId' in outcome)) return outcome
  return { wouldMove: await whatMoves(outcome.madeId, outcome.userId) }
}

/** The code, which no other transaction uses before the end of this one. */
async function lockCode(tx: Transaction, code: string) {
  const isOver = sql<boolean>`${telegramCode.expiresAt} <= now()`
  const [given] = await tx
    .select({ ...getTableColumns(telegramCode), isOver })
    .from(telegramCode)
    .where(isCode(code))
    .for('update')
  return given
}

function isCode(code: string) {
  return eq(telegramCode.codeHash, hashOf(code))
}

async function putLink(tx: Transaction, writer: Writer & { userId: string; ownerId: string }) {
  const set = { ...writer, blockedAt: null }
  const [made] = await tx
    .insert(telegramLink)
    .values({ ...set, createdAt: sql`now()` })
    .onConflictDoUpdate({ target: [telegramLink.bot, telegramLink.telegramId], set })
    .returning()
  return made
}

/** Whether an account was made for a chat, and has no other way in. */
async function isMade(tx: Transaction, userId: string) {
  const { rows } = await tx.execute(sql`
    select from "user" where id = ${userId} and email like ${`%@${madeDomain}`}
      and not exists (select from account a where a.user_id = "user".id)`)
  return rows.length > 0
}

async function moveMade(tx: Transaction, madeId: string, accountId: string) {
  await tx.update(user).set({ isAnonymous: true }).where(eq(user.id, madeId))
  await adoptWithin(tx, madeId, accountId)
  const set = { userId: accountId, ownerId: accountId }
  // What the chats wait for is theirs with the account: a message is looked after for the one it was asked by.
  await tx.update(telegramVideo).set(set)
    .where(sql`${telegramVideo.userId} = ${madeId} and (${telegramVideo.bot}, ${telegramVideo.chatId})
      in (select bot, telegram_id from telegram_link where user_id = ${madeId})`)
  await tx.update(telegramLink).set(set).where(eq(telegramLink.userId, madeId))
}

async function whatMoves(madeId: string, accountId: string): Promise<WouldMove> {
  const { rows } = await database().execute<{ name: string; videos: number }>(sql`
    select u.name, (
      select count(*)::int from (
        select from generation where owner_id = ${madeId} and deleted_at is null
        limit ${countedVideos}
      ) as own
    ) as videos from "user" u where u.id = ${accountId}`)
  const { balance } = await billingOf(madeId)
  const { name = '', videos = 0 } = rows[0] ?? {}
  return { name, videos, usd: balance && balance.availableUsd + balance.heldUsd }
}
