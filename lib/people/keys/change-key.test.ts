import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { apiScopes } from '#lib/contract/people/api-key'
import type { Caller } from '#lib/contract/people/caller'
import { anAccount } from '../../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { apikey } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { heldStreams } from '../../http/streams/held-streams.ts'
import { pace } from '../../pace.ts'
import { assertStillMay } from '../still-may.ts'
import { callerOfKey } from './bearer.ts'
import { createKey, revokeKey, updateKey } from './keys.ts'

withTestDatabase()

const dayMs = 86_400_000
let anna: Caller
beforeEach(async () => {
  anna = await anAccount()
})

async function aKey(differences: object = {}) {
  const wish = { name: 'Nightly', scopes: ['read', 'generate'], limitUsd: 20, days: 90 }
  const { key, view } = await createKey(anna, { ...wish, ...differences })
  const asked = () =>
    callerOfKey({ headers: new Headers({ authorization: `Bearer ${key}` }) }) as Promise<Caller>
  return { id: view.id, view, asked }
}
const expire = (id: string) =>
  database()
    .update(apikey)
    .set({ expiresAt: new Date(Date.now() - 1) })
    .where(eq(apikey.id, id))
const unconfirmed = { code: 'invalid_input', fields: [{ field: 'confirm' }] }

describe('a change of a key', () => {
  test('is of what it names, and of nothing else', async () => {
    const { id, view, asked } = await aKey()
    expect(await updateKey(anna, id, { name: 'Weekly' })).toEqual({ ...view, name: 'Weekly' })
    const later = await updateKey(anna, id, { days: 30, limitUsd: null })
    expect(later).toMatchObject({ name: 'Weekly', limitUsd: null, scopes: ['read', 'generate'] })
    expect(Date.parse(later.expiresAt!) - Date.now()).toBeLessThanOrEqual(30 * dayMs)
    expect(Date.parse(later.expiresAt!) - Date.now()).toBeGreaterThan(29 * dayMs)
    expect(await updateKey(anna, id, { days: null })).toMatchObject({ expiresAt: null })
    expect(await asked()).toMatchObject({ keyId: id })
  })

  test.each([
    {},
    { confirm: true },
    { name: ' ' },
    { scopes: [] },
    { scopes: ['all'] },
    { days: 0 },
    { limitUsd: '1' },
    { key: 'pf_x' },
    { name: 'x', createdBy: 'boris' },
    null,
    'name',
  ])('that says %j is refused, and changes nothing', async (body) => {
    const { id, view } = await aKey()
    await expect(updateKey(anna, id, body)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await updateKey(anna, id, { name: view.name })).toEqual(view)
  })

  test('takes permissions away at once; more are given only where that is confirmed', async () => {
    const { id, asked } = await aKey()
    await updateKey(anna, id, { scopes: ['read'] })
    expect(await asked()).toMatchObject({ scopes: ['read'] })
    const more = { scopes: ['read', 'generate'], name: 'More' }
    await expect(updateKey(anna, id, more)).rejects.toMatchObject(unconfirmed)
    await expect(updateKey(anna, id, { ...more, confirm: false })).rejects.toMatchObject(
      unconfirmed,
    )
    expect(await asked()).toMatchObject({ scopes: ['read'] })
    expect(await updateKey(anna, id, { ...more, confirm: true })).toMatchObject(more)
    expect(await asked()).toMatchObject({ scopes: ['read', 'generate'] })
  })

  test('never makes it a key of an administrator', async () => {
    anna = await anAccount({ role: 'admin' })
    const { id } = await aKey()
    const body = { scopes: apiScopes, confirm: true }
    await expect(updateKey(anna, id, body)).rejects.toMatchObject({ code: 'forbidden' })
    const made = await aKey({ scopes: apiScopes })
    expect(await updateKey(anna, made.id, { scopes: ['admin'] })).toMatchObject({
      scopes: ['admin'],
    })
  })

  test('brings one back that has expired only where that is confirmed', async () => {
    const { id, asked } = await aKey()
    await expire(id)
    for (const days of [30, null])
      await expect(updateKey(anna, id, { days })).rejects.toMatchObject(unconfirmed)
    await updateKey(anna, id, { name: 'Still over' })
    await expect(asked()).rejects.toMatchObject({ code: 'key_invalid' })
    await updateKey(anna, id, { days: 30, confirm: true })
    expect(await asked()).toMatchObject({ keyId: id })
  })

  test('is not to be had of one that is revoked, or of another owner’s', async () => {
    const { id } = await aKey()
    await expect(updateKey(await anAccount(), id, { name: 'Mine' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await revokeKey(anna, id)
    await expect(
      updateKey(anna, id, { name: 'Back', days: null, confirm: true }),
    ).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('what a key has open ends when it may do less, and what it began is not done in its name any more', async () => {
  pace().sessionLookMs = 20
  const { id, asked } = await aKey()
  const other = await aKey()
  const ended: string[] = []
  const open = async (key: Awaited<ReturnType<typeof aKey>>) => {
    const { keyId, scopes, ownerId } = await key.asked()
    const end = () => ended.push(key.id)
    return heldStreams().add({ sessionId: null, keyId, scopes, ownerId, end })
  }
  const [release, releaseOther] = [await open({ ...other, id, asked }), await open(other)]
  const before = await asked()
  await updateKey(anna, id, { name: 'Renamed', limitUsd: 1 })
  await assertStillMay(before)
  expect(ended).toEqual([])
  await updateKey(anna, id, { scopes: ['read'] })
  await expect.poll(() => ended).toContain(id)
  await expect(assertStillMay(before)).rejects.toMatchObject({ code: 'forbidden' })
  expect(ended).not.toContain(other.id)
  for (const each of [release, releaseOther]) each()
})
