import { and, eq } from 'drizzle-orm'
import type { NewKeyAnswer } from '#lib/contract/people/api-key'
import { roleOf } from '#lib/contract/people/caller'
import { organization, user } from '../../db/auth-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { accountEmail } from '../accounts/create-account.ts'
import { insertKey, readNewKey } from './keys.ts'

/** Makes a key for an account, by its address, or for an organization, by its id or its name; for operators. */
export async function createKeyFor(owner: string, wish: unknown): Promise<NewKeyAnswer> {
  const key = readNewKey(wish)
  const { id, isAdmin } = owner.includes('@') ? await accountOf(owner) : await organizationOf(owner)
  if (key.scopes.includes('admin') && !isAdmin)
    throw new Error('The scope admin is for keys of the owner and of admins of this installation.')
  return inTransaction((tx) => insertKey(tx, id, null, key))
}

async function accountOf(given: string) {
  const isIt = and(eq(user.email, accountEmail(given)), eq(user.isAnonymous, false))
  const [found] = await database().select().from(user).where(isIt)
  if (!found) throw new Error(`There is no account with the address ${given}.`)
  return { id: found.id, isAdmin: roleOf(found.role) !== 'user' }
}

async function organizationOf(given: string) {
  const find = (where: ReturnType<typeof eq>) =>
    database().select({ id: organization.id }).from(organization).where(where).limit(2)
  const byId = await find(eq(organization.id, given))
  const found = byId.length > 0 ? byId : await find(eq(organization.name, given))
  if (found.length === 0) throw new Error(`There is no organization “${given}”.`)
  if (found.length > 1) throw new Error(`There are several organizations “${given}”: give its id.`)
  return { id: found[0]!.id, isAdmin: false }
}
