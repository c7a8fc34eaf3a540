import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { anAccount, within } from '../../../tests/support/people/an-account.ts'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { apikey, session } from '../../db/auth-schema.ts'
import { chat } from '../../db/chat-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { newId } from '../../ids.ts'
import { createKey } from '../keys/keys.ts'
import { addMember } from './members.ts'
import {
  createOrganization,
  deleteOrganization,
  organizationsOf,
  readOrganization,
  renameOrganization,
} from './organizations.ts'

withTestDatabase(manyConnections)

let owner: Caller
let id: string
beforeEach(async () => {
  owner = await anAccount()
  ;({ id } = await createOrganization(owner, { name: '  Rain \n Films ' }))
})

async function joined(role: 'admin' | 'member') {
  const who = await anAccount()
  await inTransaction((tx) => addMember(tx, { organizationId: id, userId: who.userId, role }))
  return who
}

test('an organization is made with its maker as owner, and seen by members alone', async () => {
  expect(await organizationsOf(owner.userId)).toEqual([{ id, name: 'Rain Films', role: 'owner' }])
  const member = await joined('member')
  expect(await readOrganization(member.userId, id)).toMatchObject({
    name: 'Rain Films',
    role: 'member',
    members: [
      { userId: owner.userId, role: 'owner' },
      { userId: member.userId, role: 'member' },
    ],
  })
  const stranger = await anAccount()
  for (const asked of [id, newId('org'), ''])
    await expect(readOrganization(stranger.userId, asked)).rejects.toMatchObject({
      code: 'not_found',
    })
  expect(await organizationsOf(stranger.userId)).toEqual([])
  expect(await organizationsOf('')).toEqual([])
})

test('a visitor and an API key make none', async () => {
  await expect(createOrganization(callerNamed('v'), { name: 'A' })).rejects.toMatchObject({
    code: 'sign_in_required',
  })
  const byKey = { ...owner, keyId: 'key_1', scopes: ['admin' as const] }
  await expect(createOrganization(byKey, { name: 'A' })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

test.each([{}, { name: '' }, { name: '\u200b ' }, { name: 'a'.repeat(61) }, { name: 7 }, [], null])(
  'a name is one line that can be seen: not %j',
  async (body) => {
    await expect(createOrganization(owner, body)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(renameOrganization(owner.userId, id, body)).rejects.toMatchObject({
      code: 'invalid_input',
    })
  },
)

test('a role or an owner in the body is refused, and not read', async () => {
  for (const more of [{ role: 'owner' }, { id: 'org_1' }, { userId: 'x' }, { ownerId: 'x' }])
    await expect(createOrganization(owner, { name: 'A', ...more })).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field: Object.keys(more)[0] }],
    })
})

test('one account owns ten at most, also where it makes many at once', async () => {
  const many = Array.from({ length: 14 }, (_, index) =>
    createOrganization(owner, { name: `No ${index}` }),
  )
  const ended = await Promise.allSettled(many)
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(9)
})

test('owners and admins rename it, members do not', async () => {
  const [admin, member] = [await joined('admin'), await joined('member')]
  expect(await renameOrganization(admin.userId, id, { name: 'B' })).toMatchObject({ name: 'B' })
  await expect(renameOrganization(member.userId, id, { name: 'C' })).rejects.toMatchObject({
    code: 'forbidden',
  })
})

describe('a deletion', () => {
  test('takes one that has nothing, with its keys, and leaves its sessions at their accounts', async () => {
    const { view } = await createKey(within(owner, id), { name: 'k', scopes: ['read'] })
    const sessionId = newId('token')
    await database()
      .insert(session)
      .values({
        id: sessionId,
        token: sessionId,
        userId: owner.userId,
        expiresAt: new Date(Date.now() + 60_000),
        activeOrganizationId: id,
      })
    await deleteOrganization(owner.userId, id)
    expect(await organizationsOf(owner.userId)).toEqual([])
    const [key] = await database().select().from(apikey).where(eq(apikey.id, view.id))
    expect(key!.enabled).toBe(false)
    const [kept] = await database().select().from(session).where(eq(session.id, sessionId))
    expect(kept!.activeOrganizationId).toBeNull()
  })

  test('is an owner’s alone', async () => {
    const admin = await joined('admin')
    await expect(deleteOrganization(admin.userId, id)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is refused where it has a chat', async () => {
    const now = new Date()
    await database()
      .insert(chat)
      .values({
        id: newId('chat'),
        publicId: newId('chat'),
        ownerId: id,
        title: 'a',
        createdAt: now,
        updatedAt: now,
      })
    await expect(deleteOrganization(owner.userId, id)).rejects.toMatchObject({
      code: 'not_possible_now',
    })
  })

  test('is refused where the books name it', async () => {
    await database().execute(sql`
      insert into ledger_account (id, owner_id, may_be_negative)
      values ('grants', null, true), (${`available:${id}`}, ${id}, false) on conflict do nothing`)
    await database().execute(sql`
      insert into ledger_transfer (key, kind, debit, credit, amount, owner_id)
      values (${`grant:${id}`}, 'granted', 'grants', ${`available:${id}`}, 5, ${id})`)
    await expect(deleteOrganization(owner.userId, id)).rejects.toMatchObject({
      code: 'not_possible_now',
    })
  })
})
