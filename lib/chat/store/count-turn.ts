import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/client.ts'
import { chatTurn } from '../../db/chat-schema.ts'
import { AppError } from '../../errors.ts'

const minuteMs = 60_000
const keptMs = 60 * minuteMs

/** Counts a turn of this user, in whatever process; throws where it is one too many for this minute. */
export async function countTurn(tx: Transaction, userId: string, now: Date, atMost: number) {
  // Requests of one user wait here for one another, or two of them would both be the last that is allowed.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`turn ${userId}`}, 0))`)
  const mine = eq(chatTurn.userId, userId)
  await tx.delete(chatTurn).where(and(mine, lt(chatTurn.at, new Date(now.getTime() - keptMs))))
  const recent = await tx
    .select({ at: chatTurn.at })
    .from(chatTurn)
    .where(and(mine, gt(chatTurn.at, new Date(now.getTime() - minuteMs))))
    .orderBy(asc(chatTurn.at))
  if (recent.length >= atMost) throw tooMany(atMost, recent[recent.length - atMost]!.at, now)
  await tx.insert(chatTurn).values({ userId, at: now })
}

function tooMany(atMost: number, oldest: Date, now: Date) {
  const freeInMs = oldest.getTime() + minuteMs - now.getTime()
  return new AppError('rate_limited', {
    userMessage: `More than ${atMost} messages in a minute are too many. Wait a moment, then send it again.`,
    retryAfterSeconds: Math.max(1, Math.ceil(freeInMs / 1000)),
  })
}
