import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { createHash, randomBytes } from 'node:crypto'
import { message } from '#lib/messages/message'
import { type Transaction, database } from '../../db/client.ts'
import { oneTimeLink } from '../../db/people-schema.ts'
import { AppError } from '../../errors.ts'

type Purpose = typeof oneTimeLink.$inferSelect.purpose

/** The secret of a link: 256 bits. Only its hash is kept. */
export function newToken() {
  return randomBytes(32).toString('base64url')
}

export function hashOf(token: string) {
  return createHash('sha256').update(token).digest('hex')
}

/** The one answer for a link that is wrong, used, expired or revoked. */
export function invalidLink() {
  return new AppError('link_invalid', { userMessage: message('people.linkInvalid') })
}

/** Makes a link that works once, for an hour; answers its token, which is told only now. */
export async function makeOneTimeLink(purpose: Purpose, userId: string | null = null) {
  const token = newToken()
  await database()
    .delete(oneTimeLink)
    .where(lt(oneTimeLink.expiresAt, sql`now() - interval '1 day'`))
  await database()
    .insert(oneTimeLink)
    .values({
      tokenHash: hashOf(token),
      purpose,
      userId,
      createdAt: sql`now()`,
      expiresAt: sql`now() + interval '1 hour'`,
    })
  return token
}

function usable(purpose: Purpose, token: string) {
  return and(
    eq(oneTimeLink.tokenHash, hashOf(token)),
    eq(oneTimeLink.purpose, purpose),
    isNull(oneTimeLink.usedAt),
    gt(oneTimeLink.expiresAt, sql`now()`),
  )
}

/** Throws `link_invalid` where a link does not work; uses nothing. Of what is costly, this comes first. */
export async function assertUsableLink(purpose: Purpose, token: string) {
  const found = await database().$count(oneTimeLink, usable(purpose, token))
  if (found === 0) throw invalidLink()
}

/** Uses a link in the transaction of what it is for; of two at once, one. Answers whose password it sets. */
export async function takeOneTimeLink(tx: Transaction, purpose: Purpose, token: string) {
  const [taken] = await tx
    .update(oneTimeLink)
    .set({ usedAt: sql`now()` })
    .where(usable(purpose, token))
    .returning({ userId: oneTimeLink.userId })
  if (!taken) throw invalidLink()
  return taken.userId
}

/** Ends what other links there are to set a user's password. */
export async function endResetLinks(tx: Transaction, userId: string) {
  await tx
    .update(oneTimeLink)
    .set({ usedAt: sql`now()` })
    .where(and(eq(oneTimeLink.userId, userId), isNull(oneTimeLink.usedAt)))
}
