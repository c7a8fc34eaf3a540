import { beforeEach, expect, test } from 'vitest'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { asset } from '../db/asset-schema.ts'
import { organization, session, user } from '../db/auth-schema.ts'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { grant } from '../money/grants.ts'
import { noticeSetting, pushSubscription, webhookSecret } from '../db/notice-schema.ts'
import { rememberLocale } from '../notices/settings.ts'
import { secretsOf } from '../notices/webhooks/secrets.ts'
import { removeEmptyAccounts } from './empty-accounts.ts'
import { sessionOf } from './session.ts'

process.env.DATA_DIR = mkdtempSync(join(tmpdir(), 'photofinish-auth-'))
withTestDatabase()
beforeEach(() => database().delete(user))

const days = (count: number) => new Date(Date.now() + count * 24 * 60 * 60 * 1000)
const anAccount = async () => (await sessionOf(new Request('http://localhost/'))).userId
const left = async () => (await database().select().from(user)).map(({ id }) => id)

test('S9: accounts without anything are removed after a week, with their sessions', async () => {
  for (let index = 0; index < 5; index++) await anAccount()
  expect(await removeEmptyAccounts(days(6))).toBe(0)
  expect(await removeEmptyAccounts(days(8))).toBe(5)
  expect(await left()).toEqual([])
  expect(await database().$count(session)).toBe(0)
})

test('S9: more than one batch of them', async () => {
  const values = Array.from({ length: 1_200 }, (_, index) => ({
    id: `user-${index}`,
    name: '',
    email: `${index}@x`,
    isAnonymous: true,
  }))
  await database().insert(user).values(values)
  expect(await removeEmptyAccounts(days(8))).toBe(1_200)
})

test('S9: an account that has something, or was used this week, stays', async () => {
  const [ofVideo, ofUpload, ofChat, ofMoney, visited, named] = [
    await anAccount(),
    await anAccount(),
    await anAccount(),
    await anAccount(),
    await anAccount(),
    'named',
  ] as const
  const at = new Date()
  await queueFile({ now: () => at }, { ownerId: ofVideo })
  await database().insert(asset).values({
    id: 'image_1',
    ownerId: ofUpload,
    kind: 'image',
    storageKey: 'image_1/source.png',
    contentType: 'image/png',
    sizeBytes: 1,
    sha256: 'a',
    width: 1,
    height: 1,
    createdAt: at,
    usedAt: at,
  })
  await grant({ ownerId: ofMoney, amountMicros: 1, byUserId: null, note: null })
  const times = { createdAt: at, updatedAt: at }
  await database()
    .insert(chat)
    .values({ id: 'chat_1', publicId: 'chat_1', ownerId: ofChat, title: '', ...times })
  await database()
    .update(session)
    .set({ updatedAt: days(7) })
  await database().insert(user).values({ id: named, name: 'Anna', email: 'anna@x' })
  expect(await removeEmptyAccounts(days(8))).toBe(0)
  await database().update(session).set({ updatedAt: at })
  expect(await removeEmptyAccounts(days(8))).toBe(1)
  expect((await left()).toSorted()).toEqual([ofVideo, ofUpload, ofChat, ofMoney, named].toSorted())
  expect(await left()).not.toContain(visited)
})

test('with an account goes what named it alone: webhook secret, how it is told, push subscriptions; of others it stays', async () => {
  const [gone, former] = [await anAccount(), 'removed long ago']
  const [stays, team] = ['stays', 'org_team']
  await database().insert(user).values({ id: stays, name: 'Anna', email: 'anna@x' })
  const at = new Date()
  await database()
    .insert(organization)
    .values({ id: team, name: 'Team', slug: team, createdAt: at })
  for (const ownerId of [gone, former, stays, team]) await secretsOf(ownerId)
  for (const userId of [gone, former, stays]) {
    await rememberLocale(userId, 'ru')
    const push = { endpoint: `https://push.example/${userId}`, p256dh: '', auth: '', agent: '' }
    await database()
      .insert(pushSubscription)
      .values({ id: `push ${userId}`, userId, createdAt: at, ...push })
  }
  expect(await removeEmptyAccounts(days(8))).toBe(1)
  const secrets = await database().select().from(webhookSecret)
  expect(secrets.map(({ ownerId }) => ownerId).toSorted()).toEqual([team, stays].toSorted())
  for (const table of [noticeSetting, pushSubscription])
    expect((await database().select().from(table)).map(({ userId }) => userId)).toEqual([stays])
})
