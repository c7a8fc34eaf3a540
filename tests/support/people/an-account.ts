import { randomBytes } from 'node:crypto'
import type { Caller } from '#lib/contract/people/caller'
import { user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { callerNamed } from './caller-named.ts'

/** A signed-in account of its own, as handlers get it. */
export async function anAccount(differences: Partial<typeof user.$inferInsert> = {}) {
  const id = randomBytes(12).toString('hex')
  const row = { id, name: `Person ${id}`, email: `${id}@example.com`, ...differences }
  await database().insert(user).values(row)
  const role = (row.role ?? 'user') as Caller['role']
  return callerNamed(id, { isVisitor: false, role })
}

/** The same person, with an organization as the active one. */
export function within(caller: Caller, organizationId: string): Caller {
  return { ...caller, ownerId: organizationId }
}
