import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST as runCanvas } from '../../app/api/canvas/[canvasId]/run/route.ts'
import { POST as startBatch } from '../../app/api/batch/route.ts'
import { POST as sendMessage } from '../../app/api/chat/route.ts'
import { POST as newVersion } from '../../app/api/chat/[chatId]/videos/route.ts'
import { POST as resubmit } from '../../app/api/file/[fileId]/resubmit/route.ts'
import { POST as generateImage } from '../../app/api/generate/image/route.ts'
import { POST as generate } from '../../app/api/generate/video/route.ts'
import { POST as startWork } from '../../app/api/work/route.ts'
import { aPerson } from '../../tests/support/people/people.ts'
import { queueVeo } from '../../tests/support/generations/queue-veo.ts'
import { setFinished, setRow } from '../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import type { TestGeneration } from '../../tests/support/generations/test-generation.ts'
import { aCanvas, aMedia } from '../canvas/store/test-canvas.ts'
import { chat, chatMessage } from '../db/chat-schema.ts'
import { asset } from '../db/asset-schema.ts'
import { database } from '../db/client.ts'
import { generation } from '../db/generation-schema.ts'
import { newId } from '../ids.ts'
import { startQueue, stopQueue } from '../jobs/queue.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { TestBrowser } from './test-browser.ts'
import { doors } from './test-doors.ts'
import { useDataFolder } from './test-visitor.ts'

useDataFolder()
const set = { KIE_API_KEY: 'key', KIE_BASE_URL: 'http://127.0.0.1:1' }
beforeAll(() => {
  Object.assign(process.env, set)
  for (const name of ['env', 'providers']) forgetProcessWide(name)
})
afterAll(() => {
  for (const name of Object.keys(set)) delete process.env[name]
  for (const name of ['env', 'providers']) forgetProcessWide(name)
})
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

let browser: TestBrowser
let ownerId: string
beforeEach(async () => {
  browser = new TestBrowser()
  const member = await aPerson()
  await browser.signIn(member)
  ownerId = member.id
})

/** One request that spends, as it is and asked for otherwise; and what it made, to be counted. */
interface Order {
  ask(key: string): Promise<Response>
  askOtherwise(key: string): Promise<Response>
  /** What was made, or changed: a repeated request adds nothing. */
  made(): Promise<unknown>
  /** As if the order had come to nothing, so that one that is repeated would spend again. */
  undo?(): Promise<unknown>
}

type Handle = (request: Request) => Promise<Response>

function post(handle: Handle, path: string, body?: object) {
  return (key: string) =>
    browser.send(handle, path, {
      method: 'POST',
      headers: {
        'sec-fetch-site': 'same-origin',
        'idempotency-key': key,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
}

const of = <Params extends object>(params: Params) => ({ params: Promise.resolve(params) })
const mine = () =>
  database()
    .select({ id: generation.id })
    .from(generation)
    .where(eq(generation.ownerId, ownerId))
    .orderBy(generation.id)
const paid = { prompt: 'a fox', model: 'veo-3.1-fast' }
const still = { prompt: 'a fox', model: 'local-still' }
const aChatId = () => newId('chat')
const aVideo = async () =>
  (await queueVeo({ now: () => new Date() } as TestGeneration, { ownerId })).id

async function aChat() {
  const [publicId, now] = [aChatId(), new Date()]
  const times = { createdAt: now, updatedAt: now }
  await database()
    .insert(chat)
    .values({ id: aChatId(), ownerId, publicId, title: '', ...times })
  return publicId
}

const aMessage = (chatId: string, text: string) => ({
  chatId,
  message: { id: 'message-of-a-client', role: 'user', parts: [{ type: 'text', text }] },
})

const orders: Record<string, () => Promise<Order>> = {
  'POST /api/generate/video': async () => ({
    ask: post(generate, '/api/generate/video', paid),
    askOtherwise: post(generate, '/api/generate/video', { ...paid, prompt: 'a wolf' }),
    made: mine,
  }),
  'POST /api/batch': async () => ({
    ask: post(startBatch, '/api/batch', { rows: [paid, paid] }),
    askOtherwise: post(startBatch, '/api/batch', { rows: [paid] }),
    made: mine,
  }),
  'POST /api/canvas/[canvasId]/run': async () => {
    const node = aMedia('video', paid)
    const id = await aCanvas(ownerId, [node])
    const handle = (request: Request) => runCanvas(request, of({ canvasId: id }))
    const path = `/api/canvas/${id}/run`
    return {
      ask: post(handle, path, { scope: 'these', nodes: [node.id] }),
      askOtherwise: post(handle, path, { scope: 'all', nodes: [node.id] }),
      made: mine,
    }
  },
  'POST /api/generate/image': async () => ({
    ask: post(generateImage, '/api/generate/image', still),
    askOtherwise: post(generateImage, '/api/generate/image', { ...still, prompt: 'a wolf' }),
    made: mine,
  }),
  'POST /api/work': async () => {
    const source = await aVideo()
    await setFinished(source)
    await database().update(asset).set({ durationSeconds: 8 }).where(eq(asset.generationId, source))
    const extend = { operation: 'extend', way: 'last_frame', prompt: 'on' }
    return {
      ask: post(startWork, '/api/work', { source, work: extend }),
      askOtherwise: post(startWork, '/api/work', { source, work: { ...extend, prompt: 'back' } }),
      made: mine,
    }
  },
  'POST /api/chat/[chatId]/videos': async () => {
    const [chatId, fromFileId] = [await aChat(), await aVideo()]
    await setFinished(fromFileId)
    const handle = (request: Request) => newVersion(request, of({ chatId }))
    const path = `/api/chat/${chatId}/videos`
    return {
      ask: post(handle, path, { fromFileId, prompt: 'a fox at night' }),
      askOtherwise: post(handle, path, { fromFileId, prompt: 'a wolf at night' }),
      made: mine,
    }
  },
  'POST /api/file/[fileId]/resubmit': async () => {
    const [fileId, other] = [await aVideo(), await aVideo()]
    const undo = () => setRow(fileId, { state: 'submit_unknown' })
    await undo()
    await setRow(other, { state: 'submit_unknown' })
    const order = (id: string) =>
      post((request) => resubmit(request, of({ fileId: id })), `/api/file/${id}/resubmit`)
    const state = eq(generation.state, 'queued')
    return {
      ask: order(fileId),
      askOtherwise: order(other),
      made: () => database().$count(generation, and(eq(generation.ownerId, ownerId), state)),
      undo,
    }
  },
  'POST /api/chat': async () => {
    const chatId = await aChat()
    const said = () =>
      database()
        .select({ id: chatMessage.id })
        .from(chatMessage)
        .where(eq(chatMessage.chatId, chatId))
        .orderBy(chatMessage.position)
    const handle = async (request: Request) => {
      const answer = await sendMessage(request)
      if (!answer.ok) return answer
      const text = await answer.text()
      return new Response(text, { headers: answer.headers })
    }
    return {
      ask: post(handle, '/api/chat', aMessage(chatId, 'a fox in the snow')),
      askOtherwise: post(handle, '/api/chat', aMessage(chatId, 'a wolf in the snow')),
      made: async () => [await said(), await mine()],
    }
  },
}

test('every route that spends by a request of its own is among the orders', () => {
  const spending = Object.entries(doors).filter(
    ([door, what]) => what === 'spends' && !door.startsWith('GET '),
  )
  expect(Object.keys(orders).toSorted()).toEqual(spending.map(([door]) => door).toSorted())
})

/** What of an answer names what was made. */
async function named(answer: Response) {
  const text = await answer.text()
  return { status: answer.status, ids: [...new Set(text.match(/(?:file|answer)_[0-9a-z]{24}/g))] }
}

describe.each(Object.keys(orders))('%s with an Idempotency-Key', (door) => {
  test('is done once, however often and at once it comes, and answered alike', async () => {
    const order = await orders[door]!()
    const first = await named(await order.ask('order-1'))
    expect(first.status).toBeLessThan(300)
    expect(first.ids.length).toBeGreaterThan(0)
    const made = await order.made()
    await order.undo?.()
    const before = await order.made()
    const again = await Promise.all(['order-1', 'order-1', 'order-1'].map((key) => order.ask(key)))
    for (const answer of again) expect(await named(answer)).toEqual(first)
    expect(await order.made()).toEqual(before)
    if (!order.undo) expect(before).toEqual(made)
  })

  test('at once from the beginning is done once', async () => {
    const order = await orders[door]!()
    const answers = await Promise.all(
      ['order-2', 'order-2', 'order-2'].map((key) => order.ask(key)),
    )
    const all = await Promise.all(answers.map(named))
    for (const one of all) expect(one).toEqual(all[0])
  })

  test('is refused where the key stands for another request, and where it is none', async () => {
    const order = await orders[door]!()
    expect((await order.ask('order-3')).status).toBeLessThan(300)
    const made = await order.made()
    const refused = await order.askOtherwise('order-3')
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      422,
      'idempotency_key_reused',
    ])
    const malformed = await order.askOtherwise('with space')
    expect(((await malformed.json()) as { code: string }).code).toBe('invalid_idempotency_key')
    expect(await order.made()).toEqual(made)
  })
})
