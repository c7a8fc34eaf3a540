import { and, eq, lt, sql } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { telegramUpdate } from '../../db/notice-schema.ts'
import { pace } from '../../pace.ts'
import type { Update } from './bots.ts'

// What Telegram tells us is kept before it is confirmed. A process that dies in the middle loses nothing: another takes
// it up. The same update twice is one row.

export interface TakenUpdate {
  updateId: number
  chatId: string
  body: Update
  /** 1 at the first. */
  tries: number
}

const keptDays = 2

/** How long a process has an update or a message without a sign of life. Renewed while it is at work. */
export function leaseSeconds() {
  return pace().leaseMs / 1000
}

/** Keeps updates; those that are there already change nothing. */
export async function keepUpdates(bot: string, updates: readonly Update[]) {
  const rows = updates.flatMap((update) => {
    const chatId = chatOf(update)
    if (chatId === undefined || !Number.isSafeInteger(update.update_id)) return []
    const now = sql`now()`
    return [
      {
        bot,
        updateId: update.update_id,
        chatId,
        body: storable(update),
        receivedAt: now,
        dueAt: now,
      },
    ]
  })
  if (rows.length > 0) await database().insert(telegramUpdate).values(rows).onConflictDoNothing()
}

/** Without the characters that PostgreSQL does not keep: one message with them would hold up all that come after it. */
function storable(update: Update): Update {
  const clean = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value
  return JSON.parse(JSON.stringify(update), clean) as Update
}

function chatOf({ message, callback_query: query, my_chat_member: member }: Update) {
  const id = message?.chat.id ?? query?.message?.chat.id ?? query?.from.id ?? member?.chat.id
  return id === undefined ? undefined : String(id)
}

/**
 * Takes the next update that is due: of each chat the oldest one alone, so that what a user does is done in that order.
 * It is another's again where this process dies.
 */
export async function takeUpdate(bot: string): Promise<TakenUpdate | undefined> {
  const { rows } = await database().execute<TakenUpdate & Record<string, unknown>>(sql`
    update telegram_update set tries = tries + 1, due_at = now() + make_interval(secs => ${leaseSeconds()})
    where (bot, update_id) = (
      select bot, update_id from telegram_update u
      where bot = ${bot} and handled_at is null and due_at <= now() and not exists (
        select from telegram_update e where e.bot = u.bot and e.chat_id = u.chat_id
          and e.handled_at is null and e.update_id < u.update_id)
      order by due_at limit 1 for update skip locked
    )
    returning update_id::float8 as "updateId", chat_id as "chatId", body, tries`)
  return rows[0]
}

/** It is done, or given up: its words are forgotten. */
export async function finishUpdate(bot: string, updateId: number) {
  await database()
    .update(telegramUpdate)
    .set({ handledAt: sql`now()`, body: null })
    .where(isUpdate(bot, updateId))
}

/** It is tried again after so many seconds. */
export async function postponeUpdate(bot: string, updateId: number, seconds: number) {
  await database()
    .update(telegramUpdate)
    .set({ dueAt: sql`now() + make_interval(secs => ${seconds})` })
    .where(isUpdate(bot, updateId))
}

function isUpdate(bot: string, updateId: number) {
  return and(eq(telegramUpdate.bot, bot), eq(telegramUpdate.updateId, updateId))
}

/** How many updates of a chat came in the minute before one, that one included. */
export async function updatesInMinute(bot: string, chatId: string, updateId: number) {
  const { rows } = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from telegram_update u
    join telegram_update this on this.bot = u.bot and this.update_id = ${updateId}
    where u.bot = ${bot} and u.chat_id = ${chatId} and u.update_id <= ${updateId}
      and u.received_at > this.received_at - interval '1 minute'`)
  return rows[0]?.count ?? 0
}

/**
 * Forgets updates after two days. Telegram repeats one for a day at most, and counts from another number after a week of
 * silence: a number that comes again then is another update.
 */
export async function forgetOldUpdates() {
  const before = sql`now() - make_interval(days => ${keptDays})`
  await database().delete(telegramUpdate).where(lt(telegramUpdate.receivedAt, before))
}

/** Does work and has its lease renewed meanwhile. A renewal that fails is no trouble: another process may take it up. */
export async function leased<T>(
  renew: (seconds: number) => Promise<unknown>,
  work: () => Promise<T>,
) {
  const seconds = leaseSeconds()
  const timer = setInterval(() => void renew(seconds).catch(() => {}), (seconds * 1000) / 3)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}
