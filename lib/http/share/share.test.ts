import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as list, POST as make } from '../../../app/api/file/[fileId]/shares/route.ts'
import { DELETE as revoke } from '../../../app/api/file/[fileId]/shares/[token]/route.ts'
import { GET as media, HEAD as mediaHead } from '../../../app/api/share/[token]/[name]/route.ts'
import { POST as unlock } from '../../../app/api/share/[token]/route.ts'
import { GET as oembed } from '../../../app/api/oembed/route.ts'
import {
  aPerson,
  aSessionWithin,
  aTeamOf,
  byKeyOf,
  join as enter,
} from '../../../tests/support/people/a-person.ts'
import type { Asker } from '../../../tests/support/ask-route.ts'
import { setFinished } from '../../../tests/support/database/set-row.ts'
import { queueFile } from '../../../tests/support/generations/test-generation.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import type { ShareView, ShareWish } from '#lib/contract/people/shares'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { shareLink } from '../../db/share-schema.ts'
import { env } from '../../env.ts'
import { deleteGeneration } from '../../generations/commands/delete.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { usePace } from '../../pace.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { useDataFolder } from '../test-visitor.ts'
import { heldShares } from './held-shares.ts'
import { sharedPage } from './shared.ts'

useDataFolder()
withTestDatabase()
beforeAll(async () => {
  usePace('{"sessionLookMs":50}')
  await startQueue()
})
afterAll(async () => {
  await stopQueue(1_000)
  forgetProcessWide('pace')
})

let anna: Awaited<ReturnType<typeof aPerson>>
let ask: Asker
let fileId: string
beforeEach(async () => {
  anna = await aPerson()
  ask = anna.ask
  fileId = await aVideoOf(anna.caller.ownerId)
})

async function aVideoOf(ownerId: string) {
  const { id } = await queueFile({ now: () => new Date() }, { ownerId, prompt: 'a secret fox' })
  await productionStorage().put(`${id}/video.mp4`, await tinyMp4())
  await setFinished(id)
  return id
}

const stranger: Asker = (path, init) => new Request(`http://localhost${path}`, init)
const of = <Params extends object>(params: Params) => ({ params: Promise.resolve(params) })
const json = (method: string, body: object) => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

async function sharedBy(asker: Asker, wish: ShareWish = {}, id = fileId) {
  const path = `/api/file/${id}/shares`
  return make(asker(path, json('POST', wish)), of({ fileId: id }))
}
const share = async (wish?: ShareWish) => (await (await sharedBy(ask, wish)).json()) as ShareView

async function listed(asker = ask, id = fileId) {
  const answer = await list(asker(`/api/file/${id}/shares`), of({ fileId: id }))
  return ((await answer.json()) as { shares?: ShareView[] }).shares
}

function end(token: string, asker = ask, id = fileId) {
  const request = asker(`/api/file/${id}/shares/${token}`, { method: 'DELETE' })
  return revoke(request, of({ fileId: id, token }))
}

const show = (token: string, headers: HeadersInit = {}) =>
  sharedPage(new Request(`http://localhost/s/${token}`, { headers }), token)

function load(
  token: string,
  { name = 'video.mp4', query = '', ...init }: RequestInit & { name?: string; query?: string } = {},
) {
  const request = stranger(`/api/share/${token}/${name}${query}`, init)
  return (init.method === 'HEAD' ? mediaHead : media)(request, of({ token, name }))
}

function open(token: string, password: string, headers: Record<string, string> = {}) {
  const init = json('POST', { password })
  return unlock(
    stranger(`/api/share/${token}`, { ...init, headers: { ...init.headers, ...headers } }),
    of({ token }),
  )
}
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code

describe('a link', () => {
  test('shows the video, and neither its prompt, its owner nor a download, to who has it', async () => {
    const before = await database().$count(user)
    const link = await share()
    expect(link).toMatchObject({ withPrompt: false, mayDownload: false, hasPassword: false })
    expect(link.url).toBe(`http://localhost/s/${link.token}`)
    const days = (Date.parse(link.expiresAt!) - Date.parse(link.createdAt)) / 86_400_000
    expect(days).toBe(30)
    const page = await show(link.token)
    expect(page).toMatchObject({ isLocked: false, view: { prompt: null, downloadUrl: null } })
    expect(JSON.stringify(page)).not.toMatch(new RegExp(`secret|${anna.caller.ownerId}`))
    const answer = await load(link.token, { query: '?download=1' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe('inline')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(JSON.stringify([...answer.headers])).not.toContain(anna.caller.ownerId)
    await answer.body?.cancel()
    expect(await database().$count(user)).toBe(before)
  })

  test('shows the prompt and offers the file where its owner wants that, for ever', async () => {
    const { token, expiresAt } = await share({
      withPrompt: true,
      mayDownload: true,
      expiresInDays: null,
    })
    expect(expiresAt).toBeNull()
    const page = await show(token)
    expect(page).toMatchObject({
      view: { prompt: 'a secret fox', downloadUrl: expect.stringContaining('download') },
    })
    const answer = await load(token, { query: '?download=1', method: 'HEAD' })
    expect(answer.headers.get('content-disposition')).toContain('a-secret-fox')
  })

  test('is sent in ranges, and by its head alone', async () => {
    const { token } = await share()
    const head = await load(token, { method: 'HEAD' })
    expect([head.status, head.body]).toEqual([200, null])
    const size = Number(head.headers.get('content-length'))
    const part = await load(token, { headers: { range: 'bytes=2-5' } })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2-5/${size}`])
    expect((await part.arrayBuffer()).byteLength).toBe(4)
    const beyond = await load(token, { headers: { range: `bytes=${size}-` } })
    expect(beyond.status).toBe(416)
  })

  test.each<[string, ShareWish]>([
    ['no days', { expiresInDays: 0 }],
    ['half a day', { expiresInDays: 0.5 }],
    ['a thousand years', { expiresInDays: 365_000 }],
    ['an empty password', { password: '' }],
    ['a long password', { password: 'a'.repeat(129) }],
    ['an unknown setting', { owner: true } as ShareWish],
  ])('is not made with %s', async (_name, wish) => {
    const answer = await sharedBy(ask, wish)
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'invalid_input'])
  })

  test('is not made for a video that is not finished, and not without end', async () => {
    const { id } = await queueFile({ now: () => new Date() }, { ownerId: anna.caller.ownerId })
    expect(await codeOf(await sharedBy(ask, {}, id))).toBe('not_possible_now')
    for (let made = 0; made < 50; made++) expect((await sharedBy(ask)).status).toBe(201)
    expect(await codeOf(await sharedBy(ask))).toBe('not_possible_now')
  })
})

describe('only its owner', () => {
  test('attack: makes, lists and revokes links; others find no such video', async () => {
    const { token } = await share()
    const boris = await aPerson()
    for (const asker of [boris.ask, await byKeyOf(boris.caller), stranger]) {
      expect((await sharedBy(asker)).status).toBe(404)
      expect(await listed(asker)).toBeUndefined()
      expect((await end(token, asker)).status).toBe(404)
    }
    const other = await aVideoOf(boris.caller.ownerId)
    expect((await end(token, boris.ask, other)).status).toBe(404)
    expect((await listed())!.map((one) => one.token)).toEqual([token])
  })

  test('or a member of its organization does', async () => {
    const [team, boris] = [await aTeamOf(anna), await aPerson()]
    await enter(team.ownerId, boris, 'member')
    const asker = await aSessionWithin(boris.caller, team.ownerId)
    const id = await aVideoOf(team.ownerId)
    const { token } = (await (await sharedBy(asker, {}, id)).json()) as ShareView
    expect(await show(token)).toMatchObject({ isLocked: false })
    const annas = await aSessionWithin(anna.caller, team.ownerId)
    expect((await end(token, annas, id)).status).toBe(204)
    expect(await show(token)).toBeUndefined()
  })
})

describe('a password', () => {
  test('is asked for before anything is shown, and remembered for this link', async () => {
    const { token } = await share({ password: 'fox-123', withPrompt: true })
    const other = await share({ password: 'fox-123' })
    expect(await show(token)).toEqual({ isLocked: true })
    expect((await load(token)).status).toBe(404)
    expect(await codeOf(await open(token, 'fox'))).toBe('wrong_password')
    const answer = await open(token, 'fox-123')
    expect(answer.status).toBe(204)
    const cookies = answer.headers.getSetCookie()
    expect(cookies.map((line) => /Path=([^;]+)/.exec(line)![1])).toEqual([
      `/s/${token}`,
      `/api/share/${token}`,
    ])
    for (const line of cookies) expect(line).toMatch(/HttpOnly.*SameSite=Lax/)
    const cookie = cookies[0]!.split(';')[0]!
    expect(await show(token, { cookie })).toMatchObject({ isLocked: false })
    const film = await load(token, { headers: { cookie } })
    expect([film.status, film.headers.get('cross-origin-resource-policy')]).toEqual([
      200,
      'same-origin',
    ])
    await film.body?.cancel()
    expect(await show(other.token, { cookie })).toEqual({ isLocked: true })
    const forged = cookie.replace(/=\d/, '=9')
    expect(await show(token, { cookie: forged })).toEqual({ isLocked: true })
    const kept = await database().select().from(shareLink)
    expect(JSON.stringify(kept)).not.toContain('fox-123')
  })

  test('attack: cannot be guessed by trying many', async () => {
    const { token } = await share({ password: 'fox-123' })
    const headers = { 'x-photofinish-client': '203.0.113.9' }
    for (let tried = 0; tried < 10; tried++)
      expect(await codeOf(await open(token, `guess ${tried}`, headers))).toBe('wrong_password')
    const late = await open(token, 'fox-123', headers)
    expect([late.status, await codeOf(late)]).toEqual([429, 'rate_limited'])
  })
})

const ban = (userId: string, banExpires: Date | null = null) =>
  database().update(user).set({ banned: true, banExpires }).where(eq(user.id, userId))

describe('a link that is over', () => {
  const never = '0'.repeat(32)
  const told = async (answer: Response) => ({
    status: answer.status,
    headers: [...answer.headers],
    body: (await answer.text()).replace(/"traceId":"[^"]*"/, ''),
  })

  test.each<[string, (token: string) => Promise<unknown>]>([
    ['revoked', (token) => end(token)],
    ['expired', () => database().update(shareLink).set({ expiresAt: new Date() })],
    ['of a deleted video', () => deleteGeneration(anna.caller.ownerId, fileId)],
    ['of a banned owner', () => ban(anna.caller.userId)],
    ['with a password', () => database().update(shareLink).set({ passwordHash: 'x' })],
  ])('%s, answers as one that never was', async (name, end) => {
    const { token } = await share()
    await end(token)
    const [unseen, over] = [await told(await load(never)), await told(await load(token))]
    expect(over).toEqual(unseen)
    expect(await told(await load(token, { name: 'poster.jpg' }))).toEqual(unseen)
    const card = (one: string) => stranger(`/api/oembed?url=http://localhost/s/${one}`)
    expect(await told(await oembed(card(token)))).toEqual(await told(await oembed(card(never))))
    if (name === 'with a password') return
    expect(await show(token)).toBeUndefined()
    expect(await told(await open(token, 'x'))).toEqual(await told(await open(never, 'x')))
    if (name !== 'expired' && name !== 'of a banned owner')
      expect((await listed()) ?? []).toEqual([])
  })

  test('breaks off what is being sent, ranges too, and lets the others go on', async () => {
    const film = join(env().DATA_DIR, 'long.mp4')
    await writeFile(film, Buffer.alloc(4 * 1024 * 1024))
    await productionStorage().put(`${fileId}/video.mp4`, film)
    const [{ token }, other] = [await share(), await share()]
    const range = { headers: { range: 'bytes=1000-' } }
    const [whole, part, kept] = [
      await load(token),
      await load(token, range),
      await load(other.token, range),
    ]
    const reader = whole.body!.getReader()
    expect((await reader.read()).value!.byteLength).toBeGreaterThan(0)
    expect(heldShares().count).toBe(3)
    await end(token)
    await expect.poll(() => heldShares().count).toBe(1)
    await expect(reader.read()).rejects.toThrow()
    await expect(part.arrayBuffer()).rejects.toThrow()
    expect((await kept.arrayBuffer()).byteLength).toBe(4 * 1024 * 1024 - 1000)
    expect(heldShares().count).toBe(0)
  })

  test('is one of an owner who is banned, for as long as that lasts, and breaks off what it sends', async () => {
    const film = join(env().DATA_DIR, 'long.mp4')
    await writeFile(film, Buffer.alloc(4 * 1024 * 1024))
    await productionStorage().put(`${fileId}/video.mp4`, film)
    const { token } = await share()
    const range = { headers: { range: 'bytes=1000-' } }
    const part = await load(token, range)
    await ban(anna.caller.userId, new Date(Date.now() + 3_600_000))
    await expect.poll(() => heldShares().count).toBe(0)
    await expect(part.arrayBuffer()).rejects.toThrow()
    expect([(await load(token, range)).status, await show(token)]).toEqual([404, undefined])
    await ban(anna.caller.userId, new Date(Date.now() - 1_000))
    const again = await load(token, range)
    expect(again.status).toBe(206)
    await again.body?.cancel()
  })

  test('is none of an organization whose member, who made it, is banned', async () => {
    const team = await aTeamOf(anna)
    const id = await aVideoOf(team.ownerId)
    const asker = await aSessionWithin(anna.caller, team.ownerId)
    const { token } = (await (await sharedBy(asker, {}, id)).json()) as ShareView
    await ban(anna.caller.userId)
    expect(await show(token)).toMatchObject({ isLocked: false })
  })

  test.each(['', 'x', `${never}0`, never.toUpperCase().replace('0', 'A'), '../file'])(
    'and no token is "%s"',
    async (token) => {
      expect(await show(token)).toBeUndefined()
      expect((await load(token)).status).toBe(404)
    },
  )
})

describe('oEmbed', () => {
  test('tells other sites what to show, in the size they have', async () => {
    Object.assign(env(), { PUBLIC_URL: 'https://studio.example' })
    const { token, url } = await share({ withPrompt: true })
    Object.assign(env(), { PUBLIC_URL: undefined })
    expect(url).toBe(`https://studio.example/s/${token}`)
    const asked = `/api/oembed?format=json&maxwidth=32&url=${encodeURIComponent(url)}`
    const answer = await oembed(stranger(asked))
    expect(await answer.json()).toMatchObject({
      version: '1.0',
      type: 'video',
      title: 'a secret fox',
      width: 32,
      height: 32,
      html: expect.stringContaining(`/api/share/${token}/video.mp4`),
    })
    expect((await oembed(stranger(`${asked}&format=xml`.replace('json', 'xml')))).status).toBe(501)
  })
})
