import { and, eq, sql } from 'drizzle-orm'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { isKeyAsBefore, usableKeys } from './keys/bearer.ts'
import { memberOf } from './organizations/membership.ts'

/**
 * Throws unless a caller of a while ago may still act as it did: its key is usable, its account is not banned, and it is
 * still a member of the organization it asked for. For what is done in its name later, such as a chat's answer.
 */
export async function assertStillMay(caller: Caller) {
  if (await stillMay(caller)) return
  throw new AppError('forbidden', { userMessage: message('errors.noLongerAllowed') })
}

async function stillMay({ ownerId, userId, keyId, scopes }: Caller) {
  if (keyId !== null) return isKeyAsBefore(await usableKeys([keyId]), { keyId, scopes })
  if (await isBanned(userId)) return false
  return ownerId === userId || (await memberOf(userId, ownerId)) !== undefined
}

async function isBanned(userId: string) {
  const isNow = sql`coalesce(${user.banned}, false) and coalesce(${user.banExpires} > now(), true)`
  const banned = await database()
    .select({ id: user.id })
    .from(user)
    .where(and(eq(user.id, userId), isNow))
  return banned.length > 0
}
