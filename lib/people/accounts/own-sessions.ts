import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { SessionView } from '#lib/contract/people/account'
import { session } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { forgetSessions } from '../remembered-sessions.ts'

const listedAtMost = 100

/** The browsers that an account is signed in with, the one used last first; which of them asks. */
export async function listOwnSessions(
  userId: string,
  current: string | null,
): Promise<SessionView[]> {
  const rows = await database()
    .select()
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, sql`now()`)))
    .orderBy(desc(session.updatedAt))
    .limit(listedAtMost)
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    lastUsedAt: row.updatedAt.toISOString(),
    isCurrent: row.id === current,
  }))
}

/** Ends one of the account's own sessions. Answers whether there was one. */
export async function revokeOwnSession(userId: string, id: string) {
  const isOwn = and(eq(session.id, id), eq(session.userId, userId))
  const ended = await database().delete(session).where(isOwn).returning({ id: session.id })
  return ended.length > 0
}

/** Ends these sessions at once. */
export async function endSessions(ids: string[]) {
  if (ids.length === 0) return
  await database().delete(session).where(inArray(session.id, ids))
  forgetSessions(new Set(ids))
}
