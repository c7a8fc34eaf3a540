import { and, desc, eq, gt, sql } from 'drizzle-orm'
import type { SessionView } from '#lib/contract/people/account'
import { session } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { auth } from '../auth.ts'
import { sessionCookiesIn } from '../session-cookies.ts'

const listedAtMost = 100

/** The browsers that an account is signed in with, the one used last first. */
export async function listOwnSessions(
  userId: string,
  headers: Pick<Headers, 'get'>,
): Promise<SessionView[]> {
  const [rows, current] = await Promise.all([
    database()
      .select()
      .from(session)
      .where(and(eq(session.userId, userId), gt(session.expiresAt, sql`now()`)))
      .orderBy(desc(session.updatedAt))
      .limit(listedAtMost),
    currentToken(headers),
  ])
  return rows.map((row) => ({
    id: row.id,
    userAgent: row.userAgent,
    lastUsedAt: row.updatedAt.toISOString(),
    isCurrent: row.token === current,
  }))
}

/** Ends one of the account's own sessions. Answers whether there was one. */
export async function revokeOwnSession(userId: string, id: string) {
  const isOwn = and(eq(session.id, id), eq(session.userId, userId))
  const ended = await database().delete(session).where(isOwn).returning({ id: session.id })
  return ended.length > 0
}

/** Which session the request itself belongs to. */
async function currentToken(headers: Pick<Headers, 'get'>) {
  const { authCookies } = await auth().$context
  const { name } = authCookies.sessionToken
  const own = sessionCookiesIn(headers.get('cookie')).find((cookie) => cookie.name === name)
  return own && decodeURIComponent(own.value).split('.', 1)[0]
}
