import { eq } from 'drizzle-orm'
import type { Caller } from '#lib/contract/people/caller'
import type { OrganizationRole } from '#lib/contract/people/organization'
import { session, user } from '#lib/db/auth-schema'
import { database, inTransaction } from '#lib/db/client'
import { aVisitor } from '#lib/http/test-visitor'
import { createKey } from '#lib/people/keys/keys'
import { addMember } from '#lib/people/organizations/members'
import { createOrganization } from '#lib/people/organizations/organizations'
import type { Asker } from '../ask-route.ts'
import { callerNamed } from './caller-named.ts'

/** Someone with an account and a session of a browser. */
export interface Person {
  caller: Caller
  ask: Asker
}

export async function aPerson(): Promise<Person> {
  const { ownerId, request } = await aVisitor()
  await database()
    .update(user)
    .set({ isAnonymous: false, email: `${ownerId}@example.com`, name: 'Someone' })
    .where(eq(user.id, ownerId))
  return { caller: callerNamed(ownerId, { isVisitor: false }), ask: request }
}

/** Another session of the same account, within an organization. */
export async function aSessionWithin({ userId }: Caller, organizationId: string): Promise<Asker> {
  const { ownerId, request } = await aVisitor()
  await database()
    .update(session)
    .set({ userId, activeOrganizationId: organizationId })
    .where(eq(session.userId, ownerId))
  return request
}

/** An organization of someone, who asks for it. */
export async function aTeamOf({ caller }: Person): Promise<Caller> {
  const { id } = await createOrganization(caller, { name: 'Team' })
  return { ...caller, ownerId: id }
}

export async function join(organizationId: string, { caller }: Person, role: OrganizationRole) {
  await inTransaction((tx) => addMember(tx, { organizationId, userId: caller.userId, role }))
}

/** Requests with a new API key. */
export async function byKeyOf(caller: Caller): Promise<Asker> {
  const { key } = await createKey(caller, { name: 'all', scopes: ['read', 'generate'] })
  return (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    return new Request(`http://localhost${path}`, { ...init, headers })
  }
}
