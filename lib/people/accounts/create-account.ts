import { generateId } from '@better-auth/core/utils/id'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { passwordLength } from '#lib/contract/people/account'
import type { Caller } from '#lib/contract/people/caller'
import { isBlank, plainName } from '#lib/contract/text/plain-text'
import { message } from '#lib/messages/message'
import { account, session, user } from '../../db/auth-schema.ts'
import type { Transaction } from '../../db/client.ts'
import { AppError, invalidField } from '../../errors.ts'
import { passwordFault } from './auth-error.ts'
import { endResetLinks } from './one-time-links.ts'
import { passwords } from '../passwords.ts'

export const nameMaxLength = 100
const emailMaxLength = 254

export interface NewAccount {
  name: string
  email: string
  /** As it is kept; null for an account that has no password yet. */
  passwordHash: string | null
}

/** Who an account is for, as it is kept; throws with the field that is faulty. */
export function namedAccount(given: { name?: unknown; email?: unknown }) {
  return { name: accountName(given.name), email: accountEmail(given.email) }
}

/** A name that can be seen, on one line. */
export function accountName(given: unknown) {
  const name = typeof given === 'string' ? plainName(given) : ''
  if (isBlank(name) || Array.from(name).length > nameMaxLength)
    throw invalidField('name', message('people.name', { max: nameMaxLength }))
  return name
}

/** An e-mail address as it is kept; throws where it is none. */
export function accountEmail(given: unknown) {
  const email = emailIn(given)
  if (email === undefined) throw invalidField('email', message('people.email'))
  return email
}

/** The same address however it is written: without its capitals and the spaces around it. */
export function emailIn(given: unknown): string | undefined {
  const email = typeof given === 'string' ? given.trim().normalize('NFC').toLowerCase() : ''
  const isOne = email.length <= emailMaxLength && z.email().safeParse(email).success
  return isOne ? email : undefined
}

/** A password as it is compared: the same however a keyboard composes its letters. */
export function normalPassword(given: string) {
  return given.normalize('NFC')
}

/** Whether a password has a length that one may have, counted in characters as people do. */
export function isPassword(given: string) {
  const { length } = Array.from(normalPassword(given))
  return length >= passwordLength.atLeast && length <= passwordLength.atMost
}

/** A password as it is kept. Takes long, on purpose: never in a transaction. */
export async function hashedPassword(given: unknown, field = 'password') {
  if (typeof given !== 'string' || !isPassword(given)) throw passwordFault(field)
  return passwords().hash(normalPassword(given))
}

/**
 * Makes an account; throws `email_taken` where the address has one, or where an owner would be the second. The only place
 * that makes one with a password.
 */
export async function createAccount(
  tx: Transaction,
  { name, email, passwordHash }: NewAccount,
  role: Caller['role'],
  id = newUserId(),
): Promise<string> {
  const [made] = await tx
    .insert(user)
    .values({ id, name, email, role, isAnonymous: false })
    .onConflictDoNothing()
    .returning({ id: user.id })
  if (!made) throw new AppError('email_taken', { userMessage: message('people.emailTaken') })
  if (passwordHash !== null) await addPassword(tx, made.id, passwordHash)
  return made.id
}

/** As the library makes them. */
export function newUserId() {
  return generateId(32)
}

/** Sets the password of an account, whether it had one or not. Every session of it ends, and every other such link. */
export async function setPassword(tx: Transaction, userId: string, passwordHash: string) {
  const isPassword = and(eq(account.userId, userId), eq(account.providerId, 'credential'))
  const [changed] = await tx
    .update(account)
    .set({ password: passwordHash, updatedAt: sql`now()` })
    .where(isPassword)
    .returning({ id: account.id })
  if (!changed) await addPassword(tx, userId, passwordHash)
  await endSessions(tx, userId)
  await endResetLinks(tx, userId)
}

export async function endSessions(tx: Transaction, userId: string) {
  await tx.delete(session).where(eq(session.userId, userId))
}

async function addPassword(tx: Transaction, userId: string, passwordHash: string) {
  await tx.insert(account).values({
    id: newUserId(),
    accountId: userId,
    providerId: 'credential',
    userId,
    password: passwordHash,
  })
}
