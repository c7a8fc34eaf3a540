import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { storeImage } from '#lib/assets/upload'
import { productionStorage } from '#lib/assets/storage/production-storage'
import { chat } from '#lib/db/chat-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { newId, randomText } from '#lib/ids'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { type Asked, type Asker, answerOf, routesWithIds } from '../../tests/support/ask-route.ts'
import { aPerson, aSessionWithin, aTeamOf, byKeyOf } from '../../tests/support/a-person.ts'
import { queueFile } from '../../tests/support/test-generation.ts'
import { setFinished } from '../../tests/support/set-row.ts'
import { withTestDatabase } from '../../tests/support/test-database.ts'

const folder = useDataFolder()
withTestDatabase()

/** What an owner has, by its id; or the ids of nothing. */
interface Things {
  running: string
  finished: string
  chat: string
  image: string
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

// Routes of people and their rights have a test of their own; providers have names and no owner.
const elsewhere =
  /\/api\/(?:account|admin|auth|invitations|keys|organizations|providers|top-ups|webhooks)\//

test('every route of the studio with an id is in the table', async () => {
  const studio = (await routesWithIds()).filter((route) => !elsewhere.test(route))
  expect(Object.keys(routes).toSorted()).toEqual(studio)
})

test('what the front door answers itself by an id is in the table too', () => {
  const door = readFileSync(
    join(import.meta.dirname, '../../lib/http/front-door/front-door.ts'),
    'utf8',
  )
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

let things: Record<'anna' | 'boris' | 'annasTeam' | 'borisTeam', Things>
let askers: Record<string, { ask: Asker; own: keyof typeof things; caller: Caller }>

beforeAll(async () => {
  await startQueue()
  const [anna, boris] = [await aPerson(), await aPerson()]
  const [annasTeam, borisTeam] = [await aTeamOf(anna), await aTeamOf(boris)]
  things = {
    anna: await thingsOf(anna.caller),
    boris: await thingsOf(boris.caller),
    annasTeam: await thingsOf(annasTeam),
    borisTeam: await thingsOf(borisTeam),
  }
  askers = {
    'a session': { ...anna, own: 'anna' },
    'a session within an organization': {
      ask: await aSessionWithin(anna.caller, annasTeam.ownerId),
      own: 'annasTeam',
      caller: annasTeam,
    },
    'a key': { ...anna, ask: await byKeyOf(anna.caller), own: 'anna' },
    'a key of an organization': {
      ask: await byKeyOf(annasTeam),
      own: 'annasTeam',
      caller: annasTeam,
    },
  }
})
afterAll(() => stopQueue(1_000))

async function thingsOf({ ownerId }: Caller): Promise<Things> {
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
  }
}

function nothing(): Things {
  return {
    running: newId('file'),
    finished: newId('file'),
    chat: `chat_${randomText(24)}`,
    image: newId('image'),
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
