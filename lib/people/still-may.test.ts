import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { anAccount, within } from '../../tests/support/people/an-account.ts'
import { callerNamed } from '../../tests/support/people/caller-named.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { user } from '../db/auth-schema.ts'
import { database, inTransaction } from '../db/client.ts'
import { callerOfKey } from './keys/bearer.ts'
import { createKey, revokeKey } from './keys/keys.ts'
import { addMember, removeMember } from './organizations/members.ts'
import { createOrganization } from './organizations/organizations.ts'
import { assertStillMay } from './still-may.ts'

withTestDatabase()

let anna: Caller
let boris: Caller
let organizationId: string
beforeEach(async () => {
  anna = await anAccount()
  boris = await anAccount()
  organizationId = (await createOrganization(anna, { name: 'Studio' })).id
  const role = 'member' as const
  await inTransaction((tx) => addMember(tx, { organizationId, userId: boris.userId, role }))
})

const refused = { code: 'forbidden', userMessage: { key: 'errors.noLongerAllowed' } }
const ban = (who: Caller, values: Partial<typeof user.$inferInsert>) =>
  database().update(user).set(values).where(eq(user.id, who.userId))

test('a member who was removed meanwhile starts nothing for the organization, and goes on alone', async () => {
  await assertStillMay(within(boris, organizationId))
  await removeMember({ organizationId, by: anna.userId, userId: boris.userId })
  await expect(assertStillMay(within(boris, organizationId))).rejects.toMatchObject(refused)
  await assertStillMay(boris)
})

test('a banned account starts nothing until the ban is over', async () => {
  await ban(boris, { banned: true })
  await expect(assertStillMay(boris)).rejects.toMatchObject(refused)
  await expect(assertStillMay(within(boris, organizationId))).rejects.toMatchObject(refused)
  await ban(boris, { banned: true, banExpires: new Date(Date.now() - 60_000) })
  await assertStillMay(boris)
})

test('a revoked key starts nothing', async () => {
  const { key, view } = await createKey(boris, { name: 'k', scopes: ['generate'] })
  const headers = new Headers({ authorization: `Bearer ${key}` })
  const byKey = (await callerOfKey({ headers }))!
  await assertStillMay(byKey)
  await revokeKey(boris, view.id)
  await expect(assertStillMay(byKey)).rejects.toMatchObject(refused)
})

test('a visitor goes on', async () => {
  await assertStillMay(callerNamed('visitor'))
})
