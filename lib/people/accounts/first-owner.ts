import type { Caller } from '#lib/contract/people/caller'
import { eq } from 'drizzle-orm'
import { user } from '../../db/auth-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { studioAddress } from '../studio-address.ts'
import { createAccount, hashedPassword, namedAccount } from './create-account.ts'
import {
  assertUsableLink,
  invalidLink,
  makeOneTimeLink,
  takeOneTimeLink,
} from './one-time-links.ts'

export async function hasOwner() {
  return (await database().$count(user, eq(user.role, 'owner'))) > 0
}

/** A link whose holder becomes the owner, at an address of the studio; undefined where there is an owner. */
export async function makeSetupLink(address = studioAddress()): Promise<string | undefined> {
  if (await hasOwner()) return undefined
  return `${address}/setup?token=${await makeOneTimeLink('setup')}`
}

export interface Setup {
  token: string
  name: unknown
  email: unknown
  password: unknown
}

/**
 * Makes the owner's account, once: of two at once, with the same link or with two, one is made. What is wrong with the
 * input uses no link up.
 Answers the e-mail address.
 */
export async function setUpOwner({ token, name, email, password }: Setup) {
  await assertUsableLink('setup', token)
  const named = namedAccount({ name, email })
  const passwordHash = await hashedPassword(password)
  try {
    await inTransaction(async (tx) => {
      await takeOneTimeLink(tx, 'setup', token)
      await createAccount(tx, { ...named, passwordHash }, 'owner')
    })
  } catch (error) {
    const isTaken = error instanceof AppError && error.code === 'email_taken'
    throw isTaken && (await hasOwner()) ? invalidLink() : error
  }
  return named.email
}

/** Whether one looks after the installation: its owner or an admin; by an API key only with that scope. */
export function isAdmin(caller: Caller | undefined) {
  if (!caller || caller.isVisitor || caller.role === 'user') return false
  return caller.scopes === null || caller.scopes.includes('admin')
}
