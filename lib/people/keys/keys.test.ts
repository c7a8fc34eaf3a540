import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { keyForm } from '#lib/contract/people/api-key'
import type { Caller } from '#lib/contract/people/caller'
import { anAccount, within } from '../../../tests/support/people/an-account.ts'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { manyConnections, withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { apikey, user } from '../../db/auth-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { spendingLimit } from '../../db/money-schema.ts'
import { newId } from '../../ids.ts'
import { scopesOf } from '../../money/spending.ts'
import { addMember, removeMember } from '../organizations/members.ts'
import { createOrganization } from '../organizations/organizations.ts'
import { callerOfKey, usableKeys } from './bearer.ts'
import { createKey, listKeys, revokeKey, updateKey } from './keys.ts'

withTestDatabase(manyConnections)

let anna: Caller
beforeEach(async () => {
  anna = await anAccount()
})

const wish = (differences: object = {}) => ({ name: 'Nightly', scopes: ['read'], ...differences })
const invalid = { code: 'key_invalid', userMessage: { key: 'errors.keyInvalid' } }

/** A request of its own each time: what one was found to be is remembered for as long as it lasts. */
const asked = (key: string) =>
  callerOfKey({ headers: new Headers({ authorization: `Bearer ${key}` }) })

async function rowOf(keyId: string) {
  const [row] = await database().select().from(apikey).where(eq(apikey.id, keyId))
  return row!
}

async function set(keyId: string, values: Partial<typeof apikey.$inferInsert>) {
  await database().update(apikey).set(values).where(eq(apikey.id, keyId))
}

const setUser = (who: Caller, values: Partial<typeof user.$inferInsert>) =>
  database().update(user).set(values).where(eq(user.id, who.userId))

async function anOrganization(role: 'owner' | 'admin' | 'member' = 'owner') {
  const owner = role === 'owner' ? anna : await anAccount()
  const { id } = await createOrganization(owner, { name: 'Studio' })
  const wanted = { organizationId: id, userId: anna.userId, role }
  if (role !== 'owner') await inTransaction((tx) => addMember(tx, wanted))
  return { id, owner, anna: within(anna, id) }
}

describe('a new key', () => {
  test('is shown once and kept as a hash', async () => {
    const { key, view } = await createKey(anna, wish({ limitUsd: 20, days: 90 }))
    expect(key).toMatch(new RegExp(`^${keyForm.source}$`))
    const kept = JSON.stringify(await rowOf(view.id))
    expect(kept).not.toContain(key)
    expect(kept).not.toContain(key.slice(7))
    const [listed] = await listKeys(anna)
    expect(JSON.stringify(listed)).not.toContain(key)
    expect(listed).toEqual(view)
    expect(view).toMatchObject({
      name: 'Nightly',
      start: key.slice(0, 7),
      scopes: ['read'],
      limitUsd: 20,
      lastUsedAt: null,
      createdBy: expect.stringMatching(/^Person/),
    })
    expect(Date.parse(view.expiresAt!) - Date.parse(view.createdAt)).toBe(90 * 86_400_000)
  })

  test('may spend what its limit says, which can be changed and lifted', async () => {
    const { view } = await createKey(anna, wish({ limitUsd: 0.5 }))
    const limits = () =>
      database()
        .select()
        .from(spendingLimit)
        .where(eq(spendingLimit.scope, `key:${view.id}`))
    expect(await limits()).toMatchObject([{ monthMicros: 500_000, dayMicros: null }])
    expect(await updateKey(anna, view.id, { limitUsd: 7 })).toMatchObject({ limitUsd: 7 })
    expect(await limits()).toMatchObject([{ monthMicros: 7_000_000 }])
    expect(await updateKey(anna, view.id, { limitUsd: null })).toMatchObject({ limitUsd: null })
    for (const body of [{}, { limitUsd: -1 }, { limitUsd: 1, key: 'x' }, { limitUsd: '5' }])
      await expect(updateKey(anna, view.id, body)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test.each([
    ['name', { name: ' ' }],
    ['scopes', { scopes: [] }],
    ['scopes', { scopes: ['write'] }],
    ['scopes', { scopes: 'admin' }],
    ['limitUsd', { limitUsd: -1 }],
    ['limitUsd', { limitUsd: Number.NaN }],
    ['days', { days: 0 }],
    ['days', { days: 1.5 }],
    ['ownerId', { ownerId: 'someone' }],
    ['role', { role: 'owner' }],
    ['key', { key: 'pf_mine' }],
  ])('is refused for its %s: %j', async (field, differences) => {
    await expect(createKey(anna, wish(differences))).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ field }],
    })
  })

  test('is made by no visitor and by no key', async () => {
    await expect(createKey(callerNamed('visitor'), wish())).rejects.toMatchObject({
      code: 'sign_in_required',
    })
    const byKey = { ...anna, keyId: 'key_1', scopes: ['admin' as const] }
    for (const work of [
      () => createKey(byKey, wish()),
      () => listKeys(byKey),
      () => revokeKey(byKey, 'key_1'),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('is one of fifty at most, also where many are made at once; a revoked one makes room', async () => {
    const many = Array.from({ length: 60 }, () => createKey(anna, wish()))
    const ended = await Promise.allSettled(many)
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    const [first] = await listKeys(anna)
    await revokeKey(anna, first!.id)
    await createKey(anna, wish())
  })
})

describe('the caller of a key', () => {
  test('is its account alone, whatever organizations that is in', async () => {
    const { id } = await anOrganization()
    const { key, view } = await createKey(anna, wish({ scopes: ['generate', 'read'] }))
    expect(await asked(key)).toEqual({
      ownerId: anna.userId,
      userId: anna.userId,
      isVisitor: false,
      role: 'user',
      keyId: view.id,
      scopes: ['read', 'generate'],
    })
    expect(id).not.toBe(anna.userId)
  })

  test('is its organization, with no account behind it', async () => {
    const organization = await anOrganization()
    const { key } = await createKey(organization.anna, wish())
    expect(await asked(key)).toMatchObject({
      ownerId: organization.id,
      userId: '',
      role: 'user',
      isVisitor: false,
    })
  })

  test.each<[string, (keyId: string) => Promise<unknown>]>([
    ['revoked', (keyId) => revokeKey(anna, keyId)],
    ['expired', (keyId) => set(keyId, { expiresAt: new Date(Date.now() - 1) })],
    ['of a banned account', () => setUser(anna, { banned: true })],
    [
      'of an account that is banned for now',
      () => setUser(anna, { banned: true, banExpires: new Date(Date.now() + 60_000) }),
    ],
    ['of an account that is gone', () => database().delete(user).where(eq(user.id, anna.userId))],
  ])('is none at once where the key is %s, as for one that never was', async (_why, end) => {
    const { key, view } = await createKey(anna, wish())
    expect(await asked(key)).toBeDefined()
    expect(new Set((await usableKeys([view.id, 'key_none'])).keys())).toEqual(new Set([view.id]))
    await end(view.id)
    await expect(asked(key)).rejects.toMatchObject(invalid)
    await expect(asked(`pf_${'0'.repeat(40)}`)).rejects.toMatchObject(invalid)
    expect(await usableKeys([view.id])).toHaveProperty('size', 0)
  })

  test('is there again once a ban is over', async () => {
    const { key } = await createKey(anna, wish())
    await setUser(anna, { banned: true, banExpires: new Date(Date.now() - 1) })
    expect(await asked(key)).toMatchObject({ userId: anna.userId })
  })

  test('is no one by what is kept of a key', async () => {
    const { view } = await createKey(anna, wish())
    const { key: kept } = await rowOf(view.id)
    for (const one of [kept, view.id, view.start, '', 'pf_', `${view.start}%`])
      await expect(asked(one || 'x')).rejects.toMatchObject(invalid)
  })
})

describe('the scope admin', () => {
  test('is given by an administrator to a key of their own, and goes with the role', async () => {
    const admin = await anAccount({ role: 'admin' })
    const { key } = await createKey(admin, wish({ scopes: ['admin', 'read'] }))
    expect(await asked(key)).toMatchObject({ role: 'admin', scopes: ['read', 'admin'] })
    await setUser(admin, { role: 'user' })
    expect(await asked(key)).toMatchObject({ role: 'user', scopes: ['read'] })
  })

  test('is given by no one else, nor to an organization', async () => {
    await expect(createKey(anna, wish({ scopes: ['admin'] }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    const admin = await anAccount({ role: 'owner' })
    const { id } = await createOrganization(admin, { name: 'A' })
    await expect(createKey(within(admin, id), wish({ scopes: ['admin'] }))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('is what the role of an administrator takes: a key without it is a user’s', async () => {
    const admin = await anAccount({ role: 'admin' })
    const { key } = await createKey(admin, wish({ scopes: ['generate'] }))
    expect(await asked(key)).toMatchObject({ role: 'user' })
  })
})

describe('the keys of an organization', () => {
  test('are managed by its owners and admins, and by none of its members', async () => {
    const asAdmin = (await anOrganization('admin')).anna
    const { view } = await createKey(asAdmin, wish())
    expect(await listKeys(asAdmin)).toHaveLength(1)
    await revokeKey(asAdmin, view.id)
    const asMember = (await anOrganization('member')).anna
    for (const work of [
      () => createKey(asMember, wish()),
      () => listKeys(asMember),
      () => revokeKey(asMember, view.id),
      () => updateKey(asMember, view.id, { limitUsd: 1 }),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('end while the account that made one is banned, which knows it', async () => {
    const organization = await anOrganization('admin')
    const boris = within(organization.owner, organization.id)
    const [hers, his] = [await createKey(organization.anna, wish()), await createKey(boris, wish())]
    const usable = async () => [...(await usableKeys([hers.view.id, his.view.id])).keys()]
    await setUser(anna, { banned: true })
    await expect(asked(hers.key)).rejects.toMatchObject(invalid)
    expect(await usable()).toEqual([his.view.id])
    expect(await asked(his.key)).toMatchObject({ ownerId: organization.id })
    await setUser(anna, { banned: true, banExpires: new Date(Date.now() - 1_000) })
    expect(await asked(hers.key)).toMatchObject({ ownerId: organization.id })
  })

  test('outlive the member who made them, who has no hand in them any more', async () => {
    const organization = await anOrganization('admin')
    const { key, view } = await createKey(organization.anna, wish())
    const { id: organizationId, owner } = organization
    await removeMember({ organizationId, by: owner.userId, userId: anna.userId })
    expect(await asked(key)).toMatchObject({ ownerId: organizationId })
    await expect(revokeKey(organization.anna, view.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(createKey(organization.anna, wish())).rejects.toMatchObject({ code: 'not_found' })
    expect(await listKeys(within(owner, organizationId))).toMatchObject([
      { id: view.id, createdBy: expect.any(String) },
    ])
    await revokeKey(within(owner, organizationId), view.id)
    await expect(asked(key)).rejects.toMatchObject(invalid)
  })
})

test('a key is under its own limits and those of whom it acts for', async () => {
  const organization = await anOrganization()
  const [own, theirs] = [await createKey(anna, wish()), await createKey(organization.anna, wish())]
  expect(scopesOf((await asked(own.key))!)).toEqual([
    `key:${own.view.id}`,
    `user:${anna.userId}`,
    'installation',
  ])
  expect(scopesOf((await asked(theirs.key))!)).toEqual([
    `key:${theirs.view.id}`,
    `organization:${organization.id}`,
    'installation',
  ])
})

test('a key of others and one that never was are answered alike', async () => {
  const organization = await anOrganization()
  const boris = await anAccount()
  const { view: borisKey } = await createKey(boris, wish())
  const { view: organizationKey } = await createKey(organization.anna, wish())
  const refusals = await Promise.all(
    [borisKey.id, organizationKey.id, newId('key'), ''].map((id) =>
      revokeKey(anna, id).catch((error: unknown) => error),
    ),
  )
  for (const refusal of refusals) expect(refusal).toEqual(refusals[0])
  expect(refusals[0]).toMatchObject({ code: 'not_found' })
  expect(await usableKeys([borisKey.id, organizationKey.id])).toHaveProperty('size', 2)
})

test('the last use is noted once a minute, whatever number of requests there are', async () => {
  const { key, view } = await createKey(anna, wish())
  await Promise.all(Array.from({ length: 20 }, () => asked(key)))
  const first = (await rowOf(view.id)).lastRequest
  expect(first).toBeInstanceOf(Date)
  await asked(key)
  expect((await rowOf(view.id)).lastRequest).toEqual(first)
  const longAgo = new Date(Date.now() - 61_000)
  await set(view.id, { lastRequest: longAgo })
  await asked(key)
  expect((await rowOf(view.id)).lastRequest!.getTime()).toBeGreaterThan(longAgo.getTime())
})
