import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import type { OrganizationRole } from '#lib/contract/people/organization'
import { anAccount } from '../../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { session } from '../../db/auth-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { invitationLink } from '../../db/people-schema.ts'
import { newId } from '../../ids.ts'
import { addMember, changeRole, removeMember } from './members.ts'
import { memberOf } from './membership.ts'
import { createOrganization } from './organizations.ts'

withTestDatabase()

let owner: Caller
let organizationId: string
beforeEach(async () => {
  owner = await anAccount()
  organizationId = (await createOrganization(owner, { name: 'Studio' })).id
})

async function joined(role: OrganizationRole) {
  const who = await anAccount()
  await inTransaction((tx) => addMember(tx, { organizationId, userId: who.userId, role }))
  return who
}

const change = (by: Caller, who: Caller, role: unknown) =>
  changeRole({ organizationId, by: by.userId, userId: who.userId }, { role })
const remove = (by: Caller, who: Caller) =>
  removeMember({ organizationId, by: by.userId, userId: who.userId })
const roleOf = (who: Caller) => memberOf(who.userId, organizationId)

/** How each of several ended: its code, or `done`. */
async function endings(works: Promise<unknown>[]) {
  const all = await Promise.allSettled(works)
  return all
    .map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code))
    .toSorted((a, b) => Number(b === 'done') - Number(a === 'done'))
}

describe('the last owner', () => {
  test('can neither leave nor be demoted', async () => {
    await expect(remove(owner, owner)).rejects.toMatchObject({ code: 'not_possible_now' })
    await expect(change(owner, owner, 'admin')).rejects.toMatchObject({ code: 'not_possible_now' })
    expect(await roleOf(owner)).toBe('owner')
  })

  test.each<[string, (a: Caller, b: Caller) => Promise<unknown>[]]>([
    ['leave', (a, b) => [remove(a, a), remove(b, b)]],
    ['remove each other', (a, b) => [remove(a, b), remove(b, a)]],
    ['demote each other', (a, b) => [change(a, b, 'member'), change(b, a, 'member')]],
    ['demote themselves', (a, b) => [change(a, a, 'admin'), change(b, b, 'admin')]],
  ])('is left also where two owners %s at once', async (_how, both) => {
    for (let round = 0; round < 5; round++) {
      const first = await anAccount()
      ;({ id: organizationId } = await createOrganization(first, { name: 'Next' }))
      const other = await joined('owner')
      const ended = await endings(both(first, other))
      expect(ended[0]).toBe('done')
      expect(['forbidden', 'not_possible_now', 'not_found']).toContain(ended[1])
      const roles = [await roleOf(first), await roleOf(other)]
      expect(roles.filter((role) => role === 'owner')).toHaveLength(1)
    }
  })
})

describe('roles', () => {
  test('a member changes and removes no one, but may leave', async () => {
    const [member, other] = [await joined('member'), await joined('member')]
    await expect(change(member, other, 'admin')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(change(member, member, 'owner')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(remove(member, other)).rejects.toMatchObject({ code: 'forbidden' })
    await remove(member, member)
    expect(await roleOf(member)).toBeUndefined()
  })

  test('an admin manages members and admins, never owners, and makes none', async () => {
    const [admin, member] = [await joined('admin'), await joined('member')]
    await change(admin, member, 'admin')
    await change(admin, member, 'member')
    for (const attempt of [
      () => change(admin, member, 'owner'),
      () => change(admin, admin, 'owner'),
      () => change(admin, owner, 'member'),
      () => remove(admin, owner),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' })
    await remove(admin, member)
    expect(await roleOf(owner)).toBe('owner')
  })

  test('a role of one’s own invention, or of several, is none', async () => {
    const member = await joined('member')
    for (const role of ['god', 'owner,admin', ['owner'], null, 1, { role: 'owner' }])
      await expect(change(owner, member, role)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(
      changeRole(
        { organizationId, by: owner.userId, userId: member.userId },
        { role: 'admin', organizationId: 'org_other' },
      ),
    ).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

test('an admin who is demoted meanwhile does nothing as an admin any more', async () => {
  const [admin, member] = [await joined('admin'), await joined('member')]
  await Promise.all([
    change(owner, admin, 'member'),
    change(admin, member, 'admin').catch(() => 'refused'),
  ])
  await expect(change(admin, member, 'admin')).rejects.toMatchObject({ code: 'forbidden' })
})

describe('who is removed', () => {
  async function activeFor(who: Caller) {
    const row = { id: newId('token'), token: newId('token'), userId: who.userId }
    const expiresAt = new Date(Date.now() + 60_000)
    await database()
      .insert(session)
      .values({ ...row, expiresAt, activeOrganizationId: organizationId })
    return async () => {
      const [found] = await database().select().from(session).where(eq(session.id, row.id))
      return found!.activeOrganizationId
    }
  }

  async function aLinkBy(who: Caller) {
    const id = newId('token')
    const [createdAt, expiresAt] = [new Date(), new Date(Date.now() + 60_000)]
    const times = { createdAt, expiresAt }
    await database()
      .insert(invitationLink)
      .values({ id, tokenHash: id, organizationId, createdBy: who.userId, ...times })
    return async () => {
      const [found] = await database()
        .select()
        .from(invitationLink)
        .where(eq(invitationLink.id, id))
      return found!.revokedAt === null
    }
  }

  test('is back at their own account in every session, and others stay', async () => {
    const [gone, stays] = [await joined('admin'), await joined('admin')]
    const [sessionOfGone, sessionOfOther] = [await activeFor(gone), await activeFor(stays)]
    await remove(owner, gone)
    expect(await sessionOfGone()).toBeNull()
    expect(await sessionOfOther()).toBe(organizationId)
  })

  test.each(['removed', 'demoted'])(
    'by being %s, cannot come back by a link of theirs',
    async (how) => {
      const [gone, stays] = [await joined('admin'), await joined('admin')]
      const [linkOfGone, linkOfOther] = [await aLinkBy(gone), await aLinkBy(stays)]
      await (how === 'removed' ? remove(owner, gone) : change(owner, gone, 'member'))
      expect(await linkOfGone()).toBe(false)
      expect(await linkOfOther()).toBe(true)
    },
  )

  test('is told apart from one who never was a member by no one', async () => {
    const gone = await joined('member')
    await remove(owner, gone)
    const stranger = await anAccount()
    for (const who of [gone, stranger])
      await expect(change(owner, who, 'admin')).rejects.toMatchObject({ code: 'not_found' })
    for (const by of [gone, stranger])
      await expect(remove(by, owner)).rejects.toMatchObject({ code: 'not_found' })
  })
})
