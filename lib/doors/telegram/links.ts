import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Caller } from '#lib/contract/people/caller'
import { roleOf } from '#lib/contract/people/caller'
import type { Locale } from '#lib/messages/locales'
import { type Database, type Transaction, database, inTransaction } from '../../db/client.ts'
import { telegramLink } from '../../db/notice-schema.ts'
import { createAccount } from '../../people/accounts/create-account.ts'
import { newToken } from '../../people/accounts/one-time-links.ts'
import { botTokens } from './bot-names.ts'

export type TelegramLink = typeof telegramLink.$inferSelect

/** Who writes to a bot, as Telegram names them. */
export interface Writer {
  bot: string
  telegramId: string
  username: string | null
  locale: Locale
}

export async function findLink(
  bot: string,
  telegramId: string,
  db: Database | Transaction = database(),
): Promise<TelegramLink | undefined> {
  const [found] = await db.select().from(telegramLink).where(isLink(bot, telegramId))
  return found
}

/** The chats of an account. */
export function linksOf(userId: string): Promise<TelegramLink[]> {
  const { userId: whose, createdAt } = telegramLink
  return database().select().from(telegramLink).where(eq(whose, userId)).orderBy(createdAt)
}

/** Ends a link; false where there is none. With `userId`, only one of that user. */
export async function unlink(bot: string, telegramId: string, userId?: string) {
  const isMeant = userId === undefined ? undefined : eq(telegramLink.userId, userId)
  const gone = await database()
    .delete(telegramLink)
    .where(and(isLink(bot, telegramId), isMeant))
    .returning({ bot: telegramLink.bot })
  return gone.length > 0
}

export async function changeLink(
  { bot, telegramId }: Pick<TelegramLink, 'bot' | 'telegramId'>,
  set: Partial<Pick<TelegramLink, 'locale' | 'settings' | 'username'>>,
) {
  await database().update(telegramLink).set(set).where(isLink(bot, telegramId))
}

/** Whether the user refuses messages of the bot: then it is told nothing until it writes again. */
export async function markBlocked(bot: string, telegramId: string, isBlocked: boolean) {
  const isOther = isBlocked ? isNull(telegramLink.blockedAt) : isNotNull(telegramLink.blockedAt)
  await database()
    .update(telegramLink)
    .set({ blockedAt: isBlocked ? sql`now()` : null })
    .where(and(isLink(bot, telegramId), isOther))
}

function isLink(bot: string, telegramId: string) {
  return and(eq(telegramLink.bot, bot), eq(telegramLink.telegramId, telegramId))
}

/** Who asks through a chat, or why it may not any more. */
export type LinkedCaller =
  | { caller: Caller; name: string }
  | { refused: 'gone' | 'banned' | 'notMember' }

interface Row extends Record<string, unknown> {
  role: string | null
  isVisitor: boolean
  isBanned: boolean
  isMember: boolean
  name: string
}

/**
 * The account of a link as it is now. What it may has to be asked for each time: an account that is banned or deleted, and
 * a member that was removed, may nothing here either.
 */
export async function callerOfLink(
  { userId, ownerId }: Pick<TelegramLink, 'userId' | 'ownerId'>,
  db: Database | Transaction = database(),
): Promise<LinkedCaller> {
  const { rows } = await db.execute<Row>(sql`
    select u.role, coalesce(u.is_anonymous, false) as "isVisitor", coalesce(o.name, u.name) as name,
      coalesce(u.banned, false) and coalesce(u.ban_expires > now(), true) as "isBanned",
      u.id = ${ownerId} or exists (
        select from member m where m.user_id = u.id and m.organization_id = ${ownerId}
      ) as "isMember"
    from "user" u left join organization o on o.id = ${ownerId} where u.id = ${userId}`)
  const [row] = rows
  if (!row) return { refused: 'gone' }
  if (row.isBanned) return { refused: 'banned' }
  if (!row.isMember) return { refused: 'notMember' }
  const { isVisitor, name } = row
  const caller = { ownerId, userId, isVisitor, role: roleOf(row.role), keyId: null, scopes: null }
  return { caller, name }
}

/** Links of one user of Telegram change one after the other until the end of the transaction. */
export async function lockChat(tx: Transaction, telegramId: string) {
  const name = `telegram ${telegramId}`
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`)
}

// No mail is ever sent there: the name is reserved for that (RFC 2606).
export const madeDomain = 'telegram.invalid'

/**
 * The account that a user of Telegram has here: the one the chat is linked to, else, where `mayMake`, one made for it, which
 * a person can claim later by linking the chat. Undefined where there is none, where it may do nothing any more, and where
 * the studio has no such bot.
 * **Whether a program may act for it is for the caller to decide**: a key that may name any `telegramId` spends their money.
 */
export async function accountOfTelegram(
  bot: string,
  telegramId: string,
  { username, locale, mayMake }: { username?: string | null; locale: Locale; mayMake: boolean },
): Promise<{ userId: string; ownerId: string } | undefined> {
  if (!botTokens().has(bot)) return undefined
  const writer = { bot, telegramId, username: username ?? null, locale }
  const link = (await findLink(bot, telegramId)) ?? (mayMake ? await makeLinked(writer) : undefined)
  if (!link) return undefined
  const found = await callerOfLink(link)
  return 'caller' in found ? { userId: link.userId, ownerId: link.ownerId } : undefined
}

/** A link to a new account, or to the one that the same person has through another bot. Of two at once, one is made. */
function makeLinked(writer: Writer): Promise<TelegramLink> {
  const { bot, telegramId, username } = writer
  return inTransaction(async (tx) => {
    await lockChat(tx, telegramId)
    const known = await tx
      .select()
      .from(telegramLink)
      .where(eq(telegramLink.telegramId, telegramId))
      .orderBy(telegramLink.createdAt)
    const own = known.find((one) => one.bot === bot)
    if (own) return own
    const userId = known[0]?.userId ?? (await makeAccount())
    const values = { ...writer, userId, ownerId: userId, createdAt: sql`now()` }
    const [made] = await tx.insert(telegramLink).values(values).returning()
    return made!

    async function makeAccount() {
      const name = username ? `@${username}` : `Telegram ${telegramId}`
      const email = `${newToken().toLowerCase()}@${madeDomain}`
      return createAccount(tx, { name, email, passwordHash: null }, 'user')
    }
  })
}
