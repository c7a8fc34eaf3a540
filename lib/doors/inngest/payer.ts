import { eq, sql } from 'drizzle-orm'
import type { Caller } from '#lib/contract/people/caller'
import { type MessageRef, message } from '#lib/messages/message'
import { organization, user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { env } from '../../env.ts'
import { AppError } from '../../errors.ts'
import { isOrganization } from '../../ids.ts'
import { accountOfTelegram } from '../telegram/links.ts'
import type { Recipient } from './event.ts'

/**
 * Whose a video of a plain event is, and who pays: the owner of the API key, or the account of the Telegram user that the
 * event names. To name another account is to spend its money: only a key with the scope `admin` may, and an
 * account is made on the way for who has none. The key's own limit holds in any case. Throws `forbidden`.
 */
export async function payerByKey(
  caller: Caller,
  recipient: Recipient | undefined,
): Promise<Caller> {
  if (!recipient) return caller
  const mayMake = caller.scopes?.includes('admin') ?? false
  const found = await accountOf(recipient, mayMake)
  // The key of an organization has no account behind it: its member is the one who is told.
  if (found?.ownerId === caller.ownerId) return { ...caller, userId: found.userId }
  if (!found || !mayMake) throw refused(message('inngest.notYourChat'))
  return { ...callerOf(found), keyId: caller.keyId, scopes: caller.scopes }
}

/**
 * The same for an event that came through Inngest, which the operator's own event key has let in: the account of the
 * Telegram user it names, made on the way, else `INNGEST_OWNER`. Throws `forbidden` where there is neither.
 */
export async function payerThroughInngest(recipient: Recipient | undefined): Promise<Caller> {
  const found = recipient ? await accountOf(recipient, true) : await ownerNamed(env().INNGEST_OWNER)
  if (found) return callerOf(found)
  throw refused(message(recipient ? 'inngest.noChat' : 'inngest.noOwner'))
}

function accountOf({ bot, telegramId, ...wish }: Recipient, mayMake: boolean) {
  return accountOfTelegram(bot, telegramId, { ...wish, mayMake })
}

interface Payer {
  userId: string
  ownerId: string
}

/** By its e-mail an account that is not banned, by its id an organization. */
async function ownerNamed(name: string | undefined): Promise<Payer | undefined> {
  if (name === undefined) return undefined
  if (isOrganization(name)) {
    const byId = eq(organization.id, name)
    const found = await database().select({ id: organization.id }).from(organization).where(byId)
    return found[0] && { ownerId: found[0].id, userId: '' }
  }
  const [found] = await database()
    .select({ id: user.id })
    .from(user)
    .where(
      sql`${user.email} = ${name.toLowerCase()} and not coalesce(${user.isAnonymous}, false)
        and not (coalesce(${user.banned}, false) and coalesce(${user.banExpires} > now(), true))`,
    )
  return found && { ownerId: found.id, userId: found.id }
}

function callerOf({ ownerId, userId }: Payer): Caller {
  return { ownerId, userId, isVisitor: false, role: 'user', keyId: null, scopes: null }
}

function refused(userMessage: MessageRef) {
  return new AppError('forbidden', { userMessage })
}
