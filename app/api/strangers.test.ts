import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { storeImage } from '#lib/assets/upload'
import { productionStorage } from '#lib/assets/storage/production-storage'
import { session, user } from '#lib/db/auth-schema'
import { chat } from '#lib/db/chat-schema'
import { database } from '#lib/db/client'
import { useDataFolder, aVisitor } from '#lib/http/test-visitor'
import { newId, randomText } from '#lib/ids'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { createKey } from '#lib/people/keys/keys'
import { createOrganization } from '#lib/people/organizations/organizations'
import { callerNamed } from '../../tests/support/caller-named.ts'
import { queueFile } from '../../tests/support/test-generation.ts'
import { setFinished } from '../../tests/support/set-row.ts'
import { withTestDatabase } from '../../tests/support/test-database.ts'

const folder = useDataFolder()
withTestDatabase()

const api = import.meta.dirname
const exported = /^export (?:const|(?:async )?function) (GET|POST|PUT|PATCH|DELETE)\b/gm

/** What an owner has, by its id; or the ids of nothing. */
interface Things {
  running: string
  finished: string
  chat: string
  image: string
  key: string
  organization: string
  /** A member of that organization. */
  member: string
}

interface Asked {
  params: Record<string, string | string[]>
  query?: string
  body?: object
}

/** Every route with an id of its own kind of thing, and how it is asked for one. */
const routes: Record<string, (things: Things) => Asked> = {
  'GET /api/file/[fileId]': ({ finished }) => ({ params: { fileId: finished } }),
  'GET /api/file/[fileId]/timeline': ({ finished }) => ({ params: { fileId: finished } }),
  'GET /api/media/[...key]': ({ image }) => ({ params: { key: [image, 'source'] } }),
  'GET /api/v1/events/[channels]': ({ running }) => ({ params: { channels: `file.${running}` } }),
  'GET /api/chat/[chatId]': ({ chat: chatId }) => ({ params: { chatId } }),
  'GET /api/chat/[chatId]/stream': ({ chat: chatId }) => ({ params: { chatId } }),
  'POST /api/chat/[chatId]/stop': ({ chat: chatId }) => ({ params: { chatId } }),
  'POST /api/chat/[chatId]/videos': ({ chat: chatId, finished }) => ({
    params: { chatId },
    body: { fromFileId: finished, prompt: 'another' },
  }),
  'PATCH /api/chat/[chatId]': ({ chat: chatId }) => ({ params: { chatId }, body: { title: 'B' } }),
  'POST /api/file/[fileId]/check': ({ finished }) => ({ params: { fileId: finished } }),
  'POST /api/file/[fileId]/delivered': ({ finished }) => ({
    params: { fileId: finished },
    body: { by: 'poll' },
  }),
  'POST /api/file/[fileId]/resubmit': ({ finished }) => ({ params: { fileId: finished } }),
  'POST /api/file/[fileId]/cancel': ({ running }) => ({ params: { fileId: running } }),
  'DELETE /api/chat/[chatId]': ({ chat: chatId }) => ({ params: { chatId } }),
  'DELETE /api/file/[fileId]': ({ finished }) => ({ params: { fileId: finished } }),
}

/** Ids that come in a body, or beside others. */
const places: Record<string, [route: string, (things: Things) => Asked]> = {
  'a picture to begin with': [
    'POST /api/generate/video',
    ({ image }) => ({ params: {}, body: start({ inputs: { firstFrame: image } }) }),
  ],
  'a picture to end with': [
    'POST /api/generate/video',
    ({ image }) => ({
      params: {},
      body: start({ inputs: { firstFrame: image, lastFrame: image } }),
    }),
  ],
  'a video to start from': [
    'POST /api/generate/video',
    ({ finished }) => ({ params: {}, body: start({ inputs: { sourceVideo: finished } }) }),
  ],
  'the estimate for a picture': [
    'POST /api/estimate',
    ({ image }) => ({ params: {}, body: start({ inputs: { firstFrame: image } }) }),
  ],
  'a poster': [
    'GET /api/media/[...key]',
    ({ finished }) => ({ params: { key: [finished, 'poster.jpg'] } }),
  ],
  'a video of a chat': [
    'GET /api/media/[...key]',
    ({ finished }) => ({ params: { key: [finished, 'video.mp4'] }, query: '?download=1' }),
  ],
  'several channels': [
    'GET /api/v1/events/[channels]',
    ({ running, finished }) => ({ params: { channels: `file.${running},file.${finished}` } }),
  ],
  'a page behind a video': [
    'GET /api/file',
    ({ finished }) => ({ params: {}, query: `?cursor=${cursorAt(finished)}` }),
  ],
}

function start(more: object) {
  return { prompt: 'a fox', ...more }
}

function cursorAt(id: string) {
  return Buffer.from(`0 ${id}`).toString('base64url')
}

const people = ['organizations', 'keys', 'account', 'admin', 'invitations', 'auth', 'top-ups']
// What has a name and no owner: those of providers, the same for all.
const ownerless = ['providers', 'webhooks']

function routesWithIds(isWanted: (folder: string) => boolean) {
  return readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('route.ts') && path.includes('['))
    .filter((path) => isWanted(path.split('/')[0]!))
    .flatMap((path) =>
      [...readFileSync(join(api, path), 'utf8').matchAll(exported)].map(
        ([, method]) => `${method} /api/${dirname(path)}`,
      ),
    )
}

test('every route of the studio with an id is in the table', () => {
  const studio = routesWithIds((name) => !people.includes(name) && !ownerless.includes(name))
  expect(Object.keys(routes).toSorted()).toEqual(studio.toSorted())
})

test('what the front door answers itself by an id is in the table too', () => {
  const door = readFileSync(join(api, '../../lib/http/front-door/front-door.ts'), 'utf8')
  const patterns = [...door.matchAll(/^const \w+Route = \/\^(.+)\$\/$/gm)].map(([, one]) =>
    one!.replaceAll('\\/', '/').replaceAll(/\([^)]*\)/g, '[]'),
  )
  expect(patterns.length).toBeGreaterThan(2)
  const known = Object.keys(routes).map((route) =>
    route
      .replace(/^\w+ /, '')
      .replaceAll(/\[\.\.\.\w+\]/g, '[]/[]')
      .replaceAll(/\[\w+\]/g, '[]'),
  )
  for (const pattern of patterns) expect(known).toContain(pattern)
})

type Asker = (path: string, init?: RequestInit) => Request

/** One who asks, and what is theirs. */
interface Person {
  caller: Caller
  ask: Asker
}

let things: Record<'anna' | 'boris' | 'annasTeam' | 'borisTeam', Things>
let askers: Record<string, { ask: Asker; own: keyof typeof things; caller: Caller }>

beforeAll(async () => {
  await startQueue()
  const [anna, boris] = [await aPerson(), await aPerson()]
  const [annasTeam, borisTeam] = [await aTeam(anna), await aTeam(boris)]
  things = {
    anna: await thingsOf(anna.caller),
    boris: await thingsOf(boris.caller),
    annasTeam: await thingsOf(annasTeam),
    borisTeam: await thingsOf(borisTeam),
  }
  askers = {
    'a session': { ...anna, own: 'anna' },
    'a session within an organization': {
      ask: await aSession(anna.caller.userId, annasTeam.ownerId),
      own: 'annasTeam',
      caller: annasTeam,
    },
    'a key': { ...anna, ask: await byKey(anna.caller), own: 'anna' },
    'a key of an organization': {
      ask: await byKey(annasTeam),
      own: 'annasTeam',
      caller: annasTeam,
    },
  }
})
afterAll(() => stopQueue(1_000))

async function aPerson(): Promise<Person> {
  const { ownerId, request } = await aVisitor()
  await database()
    .update(user)
    .set({ isAnonymous: false, email: `${ownerId}@example.com`, name: 'Someone' })
    .where(eq(user.id, ownerId))
  return { caller: callerNamed(ownerId, { isVisitor: false }), ask: request }
}

async function aSession(userId: string, organizationId: string): Promise<Asker> {
  const { ownerId, request } = await aVisitor()
  await database()
    .update(session)
    .set({ userId, activeOrganizationId: organizationId })
    .where(eq(session.userId, ownerId))
  return request
}

async function aTeam({ caller }: Person): Promise<Caller> {
  const { id } = await createOrganization(caller, { name: 'Team' })
  return { ...caller, ownerId: id }
}

async function byKey(caller: Caller): Promise<Asker> {
  const { key } = await createKey(caller, { name: 'all', scopes: ['read', 'generate'] })
  return (path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${key}`)
    return new Request(`http://localhost${path}`, { ...init, headers })
  }
}

async function thingsOf(caller: Caller): Promise<Things> {
  const { ownerId } = caller
  const now = new Date()
  const deps = { storage: productionStorage(), workFolder: folder, now: () => now }
  const [running, finished] = [
    await queueFile({ now: () => now }, { ownerId }),
    await queueFile({ now: () => now }, { ownerId }),
  ]
  await setFinished(finished.id)
  const chatId = `chat_${randomText(24)}`
  await database()
    .insert(chat)
    .values({ id: chatId, ownerId, title: 'A', createdAt: now, updatedAt: now })
  return {
    running: running.id,
    finished: finished.id,
    chat: chatId,
    image: (await storeImage(ownerId, new Canvas(30, 20).encodeSync('png'), deps)).id,
    key: (await createKey(caller, { name: 'one', scopes: ['read'] })).view.id,
    organization: ownerId,
    member: caller.userId,
  }
}

function nothing(): Things {
  return {
    running: newId('file'),
    finished: newId('file'),
    chat: `chat_${randomText(24)}`,
    image: newId('image'),
    key: newId('key'),
    organization: newId('org'),
    member: randomText(24),
  }
}

/** What a route answers, without what is different each time. */
async function answerOf(route: string, { params, query = '', body }: Asked, ask: Asker) {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_all, name: string) =>
    [params[name]!].flat().map(encodeURIComponent).join('/'),
  )
  const module = (await import(join(api, pattern.replace('/api', ''), 'route.ts'))) as Record<
    string,
    (request: Request, context: { params: Promise<Asked['params']> }) => Promise<Response>
  >
  const json = { 'content-type': 'application/json' }
  const init = { method, ...(body && { body: JSON.stringify(body), headers: json }) }
  const request = ask(path + query, init)
  const response = await module[method]!(request, { params: Promise.resolve(params) })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text.replace(/"traceId":"[^"]*"/, ''),
  }
}

describe.each([
  'a session',
  'a session within an organization',
  'a key',
  'a key of an organization',
])('by %s', (name) => {
  // Those of before are deleted by then.
  beforeAll(async () => {
    const { own, caller } = askers[name]!
    things[own] = await thingsOf(caller)
  })
  const others = (own: keyof typeof things) =>
    Object.entries(things).filter(([whose]) => whose !== own)

  test.each(Object.keys(routes))('%s answers ids of others as ids of nothing', async (route) => {
    const { ask, own } = askers[name]!
    const neverSeen = await answerOf(route, routes[route]!(nothing()), ask)
    for (const [whose, theirs] of others(own)) {
      const answer = await answerOf(route, routes[route]!(theirs), ask)
      expect([whose, answer]).toEqual([whose, neverSeen])
    }
    const answer = await answerOf(route, routes[route]!(things[own]), ask)
    // A stop is answered the same with and without something to stop.
    if (!route.endsWith('/stop')) expect(answer.status).not.toBe(neverSeen.status)
    expect(answer.status).toBeLessThan(500)
  })

  test.each(Object.keys(places))('%s of others is as of nothing', async (place) => {
    const { ask, own } = askers[name]!
    const [route, asked] = places[place]!
    const neverSeen = await answerOf(route, asked(nothing()), ask)
    for (const [whose, theirs] of others(own)) {
      const answer = await answerOf(route, asked(theirs), ask)
      expect([whose, answer]).toEqual([whose, neverSeen])
    }
  })
})
