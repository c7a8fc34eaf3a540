import { and, eq, sql } from 'drizzle-orm'
import { message } from '#lib/messages/message'
import { sayTo } from '#lib/messages/translate'
import { user } from '../../db/auth-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { log } from '../../log.ts'
import { studioAddress } from '../studio-address.ts'
import { accountEmail, hashedPassword, setPassword } from './create-account.ts'
import { canMail, sendMail } from './mail.ts'
import { assertUsableLink, makeOneTimeLink, takeOneTimeLink } from './one-time-links.ts'

/** The address of a link that sets a new password, once, within an hour. */
export async function makeResetLink(userId: string, address = studioAddress()) {
  return `${address}/reset?token=${await makeOneTimeLink('reset', userId)}`
}

/**
 * Has a link mailed that sets a new password, where the address has an account. Whether it has one, no answer and no time
 * to it tells: all that depends on it is done after the answer. The link leads to `PUBLIC_URL`, whatever the request says.
 */
export function requestReset(given: unknown, headers: Pick<Headers, 'get'>) {
  const email = accountEmail(given)
  if (!canMail()) throw new AppError('not_possible_now', { userMessage: message('people.noMail') })
  void mailReset(email, headers).catch((error: unknown) =>
    log().warn({ err: error }, 'a link that sets a new password was not mailed'),
  )
}

async function mailReset(email: string, headers: Pick<Headers, 'get'>) {
  const isReachable = and(
    eq(user.email, email),
    sql`${user.isAnonymous} is not true`,
    sql`${user.banned} is not true`,
  )
  const [found] = await database().select({ id: user.id }).from(user).where(isReachable)
  if (!found) return
  const url = await makeResetLink(found.id)
  const subject = sayTo(headers, message('mail.resetSubject'))
  await sendMail({ to: email, subject, text: sayTo(headers, message('mail.resetText', { url })) })
}

/** Sets the password that a link lets one set. Every session of the account ends. */
export async function resetPassword(token: string, newPassword: unknown) {
  await assertUsableLink('reset', token)
  const passwordHash = await hashedPassword(newPassword, 'newPassword')
  await inTransaction(async (tx) => {
    const userId = await takeOneTimeLink(tx, 'reset', token)
    await setPassword(tx, userId!, passwordHash)
  })
}
