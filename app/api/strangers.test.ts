import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { insertLink } from '#lib/assets/share/links'
import { storeImage } from '#lib/assets/upload'
import { productionStorage } from '#lib/assets/storage/production-storage'
import { makeCanvas } from '#lib/canvas/store/canvases'
import { chat } from '#lib/db/chat-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { startBatch } from '#lib/generations/batches/start-batch'
import { newId, randomText } from '#lib/ids'
import { makeCollection } from '#lib/library/collections'
import { makeTemplate } from '#lib/library/templates/templates'
import { makeZipLink } from '#lib/library/zip/selection'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { type Asked, type Asker, answerOf, routesWithIds } from '../../tests/support/ask-route.ts'
import { aPerson, aSessionWithin, aTeamOf, byKeyOf } from '../../tests/support/people/a-person.ts'
import { queueFile } from '../../tests/support/generations/test-generation.ts'
import { setFinished } from '../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'

const folder = useDataFolder()
withTestDatabase()

/** What an owner has, by its id; or the ids of nothing. */
interface Things {
  running: string
  finished: string
  chat: string
  image: string
  link: string
  collection: string
  template: string
  zip: string
  batch: string
  canvas: string
}

const aTemplate = { name: 'A', kind: 'video', settings: { prompt: 'A {fox}' } } as const

/** Every route with an id of its own kind of thing, and how it is asked for one. */
const routes: Record<string, (things: Things) => Asked> = {
  'GET /api/file/[fileId]': ({ finished }) => ({ params: { fileId: finished } }),
  'GET /api/file/[fileId]/timeline': ({ finished }) => ({ params: { fileId: finished } }),
  'GET /api/batch/[batchId]': ({ batch }) => ({ params: { batchId: batch } }),
  'POST /api/batch/[batchId]/cancel': ({ batch }) => ({ params: { batchId: batch } }),
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
  'GET /api/file/[fileId]/shares': ({ finished }) => ({ params: { fileId: finished } }),
  'POST /api/file/[fileId]/shares': ({ finished }) => ({ params: { fileId: finished }, body: {} }),
  'DELETE /api/file/[fileId]/shares/[token]': ({ finished, link }) => ({
    params: { fileId: finished, token: link },
  }),
  'GET /api/file/[fileId]/lineage': ({ finished }) => ({ params: { fileId: finished } }),
  'PUT /api/file/[fileId]/poster': ({ finished }) => ({
    params: { fileId: finished },
    body: { atSeconds: 0 },
  }),
  'DELETE /api/file/[fileId]/poster': ({ finished }) => ({ params: { fileId: finished } }),
  'GET /api/file/[fileId]/work': ({ finished }) => ({ params: { fileId: finished } }),
  'GET /api/canvas/[canvasId]': ({ canvas }) => ({ params: { canvasId: canvas } }),
  'PATCH /api/canvas/[canvasId]': ({ canvas }) => ({
    params: { canvasId: canvas },
    body: { requestId: randomText(20), since: 0, changes: [] },
  }),
  'POST /api/canvas/[canvasId]/duplicate': ({ canvas }) => ({ params: { canvasId: canvas } }),
  'POST /api/canvas/[canvasId]/plan': ({ canvas }) => ({
    params: { canvasId: canvas },
    body: { scope: 'all', nodes: [] },
  }),
  'POST /api/canvas/[canvasId]/run': ({ canvas }) => ({
    params: { canvasId: canvas },
    body: { scope: 'all', nodes: [] },
  }),
  'POST /api/canvas/[canvasId]/run/cancel': ({ canvas }) => ({ params: { canvasId: canvas } }),
  'GET /api/canvas/[canvasId]/export': ({ canvas }) => ({ params: { canvasId: canvas } }),
  'DELETE /api/canvas/[canvasId]': ({ canvas }) => ({ params: { canvasId: canvas } }),
  'GET /api/library/zip/[zipId]': ({ zip }) => ({ params: { zipId: zip } }),
  'PATCH /api/collections/[collectionId]': ({ collection }) => ({
    params: { collectionId: collection },
    body: { name: 'B' },
  }),
  'DELETE /api/collections/[collectionId]': ({ collection }) => ({
    params: { collectionId: collection },
  }),
  'PATCH /api/templates/[templateId]': ({ template }) => ({
    params: { templateId: template },
    body: { name: 'B' },
  }),
  'DELETE /api/templates/[templateId]': ({ template }) => ({ params: { templateId: template } }),
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
  'a video to extend': [
    'POST /api/work',
    ({ finished }) => ({
      params: {},
      body: {
        source: finished,
        work: { operation: 'extend', way: 'last_frame', prompt: 'on' },
      },
    }),
  ],
  'the estimate for a picture': [
    'POST /api/estimate',
    ({ image }) => ({ params: {}, body: start({ inputs: { firstFrame: image } }) }),
  ],
  'a poster': [
    'GET /api/media/[...key]',
    ({ finished }) => ({ params: { key: [finished, 'poster.jpg'] } }),
  ],
  'the poster of now': [
    'GET /api/media/[...key]',
    ({ finished }) => ({ params: { key: [finished, 'poster'] } }),
  ],
  'a video of a chat': [
    'GET /api/media/[...key]',
    ({ finished }) => ({ params: { key: [finished, 'video.mp4'] }, query: '?download=1' }),
  ],
  'the channel of a canvas': [
    'GET /api/v1/events/[channels]',
    ({ canvas }) => ({ params: { channels: `canvas.${canvas}` } }),
  ],
  'several channels': [
    'GET /api/v1/events/[channels]',
    ({ running, finished }) => ({ params: { channels: `file.${running},file.${finished}` } }),
  ],
  'a click on a question': [
    'POST /api/chat',
    ({ chat: chatId }) => ({
      params: {},
      body: { chatId, message: { id: 'answer_of_it', role: 'assistant', parts: [decision] } },
    }),
  ],
  'what is in a collection': [
    'GET /api/library',
    ({ collection }) => ({ params: {}, query: `?collection=${collection}` }),
  ],
  'the weight of a collection': [
    'GET /api/library/weight',
    ({ collection }) => ({ params: {}, query: `?collection=${collection}` }),
  ],
  'a collection to put something into': [
    'PATCH /api/library',
    ({ collection }) => ({ params: {}, body: { ids: ['file_x'], addTo: collection } }),
  ],
  'a ZIP of a video': [
    'POST /api/library/zip',
    ({ finished }) => ({ params: {}, body: { ids: [finished] } }),
  ],
  'a page behind a video': [
    'GET /api/file',
    ({ finished }) => ({ params: {}, query: `?cursor=${cursorAt(finished)}` }),
  ],
}

const decision = {
  type: 'tool-generateVideo',
  toolCallId: 'call',
  state: 'approval-responded',
  approval: { id: 'approval', approved: true },
}

function start(more: object) {
  return { prompt: 'a fox', ...more }
}

function cursorAt(id: string) {
  return Buffer.from(`0 ${id}`).toString('base64url')
}

// Routes of people and their rights, shared links, and doors for programs, have a test of their own; providers have names and no owner.
const elsewhere =
  /\/api\/(?:account|admin|auth|invitations|keys|notices|openjourney|organizations|providers|share|telegram|top-ups|webhooks)\//

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

const origin = { door: 'api', place: null } as const
const aBatch = (caller: Caller) =>
  startBatch({ caller, body: { rows: [{ prompt: 'a' }] }, idempotencyKey: null, origin })

async function thingsOf(caller: Caller): Promise<Things> {
  const { ownerId } = caller
  const now = new Date()
  const deps = { storage: productionStorage(), workFolder: folder, now: () => now }
  const [running, finished] = [
    await queueFile({ now: () => now }, { ownerId }),
    await queueFile({ now: () => now }, { ownerId }),
  ]
  await setFinished(finished.id)
  const chatId = newId('chat')
  await database()
    .insert(chat)
    .values({
      id: newId('chat'),
      ownerId,
      publicId: chatId,
      title: 'A',
      createdAt: now,
      updatedAt: now,
    })
  const link = await insertLink({
    token: randomText(32),
    ownerId,
    createdBy: ownerId,
    generationId: finished.id,
    assetId: finished.id.replace('file_', 'asset_'),
    createdAt: now,
  })
  return {
    running: running.id,
    finished: finished.id,
    link: link.token,
    batch: await aBatch(caller),
    collection: (await makeCollection(ownerId, { name: 'A', ids: [finished.id] })).id,
    template: (await makeTemplate(caller, aTemplate)).id,
    zip: (await makeZipLink(ownerId, { ids: [finished.id], count: 1, bytes: 1 })).url.slice(-28),
    chat: chatId,
    canvas: (await makeCanvas(ownerId, { name: 'A' })).id,
    image: (await storeImage(ownerId, new Canvas(30, 20).encodeSync('png'), deps)).id,
  }
}

function nothing(): Things {
  return {
    running: newId('file'),
    finished: newId('file'),
    chat: newId('chat'),
    canvas: newId('canvas'),
    image: newId('image'),
    link: randomText(32),
    batch: newId('batch'),
    collection: newId('collection'),
    template: newId('template'),
    zip: newId('zip'),
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

  test('a message makes a chat of the asker’s own of the id of another’s, as of any other', async () => {
    const { ask, own, caller } = askers[name]!
    const theirs = await Promise.all(
      others(own).map(([whose]) => thingsOf({ ...caller, ownerId: whose })),
    )
    const say = async (chatId: string) => {
      const parts = [{ type: 'text', text: 'hello' }]
      const body = { chatId, message: { id: newId('token'), role: 'user', parts } }
      const { status } = await answerOf('POST /api/chat', { params: {}, body }, ask)
      const read = await answerOf('GET /api/chat/[chatId]', { params: { chatId } }, ask)
      return { status, read: read.status }
    }
    const neverSeen = await say(newId('chat'))
    expect(neverSeen).toEqual({ status: 200, read: 200 })
    for (const { chat: chatId } of theirs) {
      expect(await say(chatId)).toEqual(neverSeen)
      const chats = await database().select().from(chat).where(eq(chat.publicId, chatId))
      expect(chats.map(({ title }) => title).toSorted()).toEqual(['A', 'hello'])
      await answerOf('DELETE /api/chat/[chatId]', { params: { chatId } }, ask)
      expect(await database().$count(chat, eq(chat.publicId, chatId))).toBe(1)
    }
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
