import { beforeEach, describe, expect, test } from 'vitest'
import type { NoticePage } from '#lib/contract/people/notices'
import { database } from '#lib/db/client'
import { noticeSetting } from '#lib/db/notice-schema'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { addChannel, channels } from '#lib/notices/channels'
import { aPerson, byKeyOf } from '../../../tests/support/people/a-person.ts'
import { enqueue, forgetNotices, notedChannel } from '../../../tests/support/notices/told.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { GET as list } from './route.ts'
import { POST as seen } from './seen/route.ts'
import { GET as settings, PUT as change } from './settings/route.ts'
import { POST as sendTest } from './test/route.ts'

useDataFolder()
withTestDatabase()
beforeEach(async () => {
  await forgetNotices()
  await database().delete(noticeSetting)
  channels().clear()
})

const body = (value: object, method = 'POST') => ({
  method,
  headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
  body: JSON.stringify(value),
})
type Ask = (path: string, init?: RequestInit) => Request

async function pageOf(ask: Ask, query = ''): Promise<NoticePage> {
  return (await list(ask(`/api/notices${query}`))).json()
}

describe('the bell', () => {
  test('tells a visitor what happened, newest first and page by page, until it is seen', async () => {
    const { ownerId, request } = await aVisitor()
    const from = Date.parse('2026-11-21T00:00:00Z')
    for (let index = 0; index < 23; index++)
      await enqueue({ userId: ownerId, createdAt: new Date(from + index * 1_000) })
    await enqueue({ userId: 'another', createdAt: new Date(from) })
    const first = await pageOf(request)
    expect(first).toMatchObject({ unseen: 23 })
    const second = await pageOf(request, `?cursor=${first.nextCursor}`)
    const all = [...first.notices, ...second.notices]
    expect(all).toHaveLength(23)
    expect(second.nextCursor).toBeNull()
    expect(all.map(({ createdAt }) => createdAt)).toEqual(
      all.map(({ createdAt }) => createdAt).toSorted((a, b) => b.localeCompare(a)),
    )
    const until = first.notices[2]!.createdAt
    expect((await seen(request('/api/notices/seen', body({ until })))).status).toBe(204)
    expect((await pageOf(request)).unseen).toBe(2)
  })

  test('takes what an open page shows as seen, of one’s own alone', async () => {
    const [anna, boris] = [await aVisitor(), await aVisitor()]
    const fileId = await enqueue({ userId: anna.ownerId, createdAt: new Date() })
    const send = ({ request }: typeof anna) =>
      seen(request('/api/notices/seen', body({ fileIds: [fileId] })))
    await send(boris)
    expect((await pageOf(anna.request)).unseen).toBe(1)
    await send(anna)
    expect((await pageOf(anna.request)).unseen).toBe(0)
    expect((await pageOf(anna.request)).notices[0]).toMatchObject({ fileId, isSeen: true })
  })

  test('is empty without a session, refuses what makes no sense, and is for no key', async () => {
    const anyone: Ask = (path, init) => new Request(`http://localhost${path}`, init)
    expect(await pageOf(anyone)).toEqual({ notices: [], unseen: 0, nextCursor: null })
    const { request } = await aVisitor()
    for (const wrong of [{}, { until: 'yesterday' }, { fileIds: [] }, { until: null }])
      expect((await seen(request('/api/notices/seen', body(wrong)))).status).toBe(400)
    const { caller } = await aPerson()
    expect((await list((await byKeyOf(caller))('/api/notices'))).status).toBe(403)
  })
})

describe('the settings', () => {
  const wish = {
    channels: { push: false, telegram: true, mail: true },
    kinds: {
      'video.completed': true,
      'video.failed': true,
      'video.delayed': false,
      'video.decision': true,
    },
    locale: 'ru',
  }

  test('are those of an account, with the channels that are set up here', async () => {
    addChannel(notedChannel('mail').channel)
    addChannel(notedChannel('webhook').channel)
    const { ask } = await aPerson()
    const read = async () => (await settings(ask('/api/notices/settings'))).json()
    expect(await read()).toMatchObject({ locale: 'en', available: ['mail'] })
    const answer = await change(ask('/api/notices/settings', body(wish, 'PUT')))
    expect(answer.status).toBe(200)
    expect(await read()).toEqual({ ...wish, available: ['mail'] })
    for (const wrong of [{}, { ...wish, locale: 'de' }, { ...wish, kinds: { all: true } }])
      expect((await change(ask('/api/notices/settings', body(wrong, 'PUT')))).status).toBe(400)
    const visitor = await aVisitor()
    expect((await settings(visitor.request('/api/notices/settings'))).status).toBe(401)
  })

  test('the language is that of the pages, until one is chosen', async () => {
    const { ask } = await aPerson()
    const init = body({ until: new Date().toISOString() })
    const inRussian = { ...init, headers: { ...init.headers, 'accept-language': 'ru' } }
    await seen(ask('/api/notices/seen', inRussian))
    await seen(ask('/api/notices/seen', init))
    expect(await (await settings(ask('/api/notices/settings'))).json()).toMatchObject({
      locale: 'ru',
      channels: { push: true, mail: false },
    })
  })

  test('a test message goes to each of one’s own addresses, and says how that went', async () => {
    const { channel, told } = notedChannel('push', {
      targetsOfUser: () => Promise.resolve(['phone', 'laptop']),
      tell: ({ target }) =>
        target === 'phone'
          ? Promise.resolve({ end: 'sent', answer: { status: 201, code: 'ok' } })
          : Promise.reject(new Error('what the other side said')),
    })
    addChannel(channel)
    const { ask } = await aPerson()
    const send = (name: string) => sendTest(ask('/api/notices/test', body({ channel: name })))
    const { answers } = await (await send('push')).json()
    expect(answers).toMatchObject([
      { status: 201, code: 'ok' },
      { status: null, code: 'unreachable' },
    ])
    expect(told.map(({ notices }) => notices)).toEqual([[], []])
    expect((await send('mail')).status).toBe(409)
    expect((await send('pigeon')).status).toBe(400)
  })
})
