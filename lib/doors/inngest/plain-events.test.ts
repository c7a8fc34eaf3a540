import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { POST as startByApi } from '../../../app/api/generate/video/route.ts'
import { POST } from '../../../app/api/inngest/route.ts'
import { POST as startByOpenJourney } from '../../../app/api/openjourney/generate/route.ts'
import { aPerson, byKeyOf } from '../../../tests/support/people/a-person.ts'
import type { Asker } from '../../../tests/support/ask-route.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import { env } from '../../env.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { createKey, revokeKey } from '../../people/keys/keys.ts'

process.env.GOOGLE_CLOUD_PROJECT = 'a project'
useDataFolder()
withTestDatabase()
let ask: Asker
let ownerId: string
beforeAll(async () => {
  await startQueue()
  const person = await aPerson()
  ownerId = person.caller.ownerId
  ask = await byKeyOf(person.caller)
})
afterAll(() => stopQueue(1_000))
beforeEach(async () => {
  forgetProcessWide('token buckets')
  Object.assign(env(), { RATE_LIMITS: 1 })
  await forgetEverything()
  await database().delete(idempotencyKey)
})

const data = { prompt: 'a fox', model: 'veo-3.1-fast', aspectRatio: '9:16', duration: 8 }
const event = { name: 'veo3/video.generate', data }
const rows = () => database().select().from(generation)
const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
interface Answer {
  ids: string[]
  status: number
  fileIds: string[]
  code: string
  detail: string
}
async function send(body: unknown, headers?: Record<string, string>, asker = ask) {
  return (await (await POST(asker('/api/inngest', post(body, headers)))).json()) as Answer
}

test('an event starts its video at once, and answers as Inngest does', async () => {
  const answer = await send({ ...event, id: 'job-1' })
  const [row] = await rows()
  expect(answer).toEqual({ ids: ['job-1'], status: 200, fileIds: [row!.id] })
  expect(row).toMatchObject({ ownerId, originDoor: 'inngest', settings: { duration: 8 } })
})

test('a list starts each, and the same list again finds them', async () => {
  const list = [event, { ...event, data: { ...data, prompt: 'a dog' } }, { ...event, id: 'c' }]
  const first = await send(list)
  expect(new Set(first.fileIds).size).toBe(3)
  expect(await send(list)).toEqual(first)
  expect(await rows()).toHaveLength(3)
})

test('attack: each event of a list costs a start of the key’s rate; a list that comes too early starts nothing', async () => {
  const limited = await byKeyOf((await aPerson()).caller)
  const listOf = (name: string) =>
    Array.from({ length: 20 }, (_, index) => ({ ...event, id: `${name}-${index}` }))
  // The door itself takes the first of each: the front door is not here.
  const take = (name: string) => POST(limited('/api/inngest', post(listOf(name))))
  for (let times = 0; times < 3; times++) expect((await take('one')).status).toBe(200)
  const refused = await take('another')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(10)
  expect(await refused.json()).toMatchObject({ code: 'rate_limited', retryable: true })
  expect(await rows()).toHaveLength(20)
  const other = await byKeyOf((await aPerson()).caller)
  expect((await POST(other('/api/inngest', post(listOf('one'))))).status).toBe(200)
})

test('a list that is longer than the limits ever let through is told so, and a studio without limits takes it', async () => {
  const list = Array.from({ length: 7 }, (_, index) => ({ ...event, id: `${index}` }))
  Object.assign(env(), { RATE_LIMITS: 0.1 })
  expect(await send(list)).toMatchObject({ code: 'invalid_input' })
  expect(await rows()).toEqual([])
  Object.assign(env(), { RATE_LIMITS: 0 })
  expect((await send(list)).fileIds).toHaveLength(7)
})

test('the same event at once, five times, is one video; another id is another', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => send(event)))
  expect(new Set(all.flatMap(({ fileIds }) => fileIds)).size).toBe(1)
  const [again] = (await send({ ...event, id: 'again' })).fileIds
  expect(again).not.toBe(all[0]!.fileIds[0])
})

test('an event without an id is another wish after ten minutes', async () => {
  const [first] = (await send(event)).fileIds
  const createdAt = new Date(Date.now() - 601_000)
  await database().update(idempotencyKey).set({ createdAt })
  expect((await send(event)).fileIds[0]).not.toBe(first)
})

test('an id that is no idempotency key is still known again', async () => {
  const id = 'заказ №1'
  const { fileIds } = await send({ ...event, id })
  expect((await send({ ...event, id })).fileIds).toEqual(fileIds)
})

test('one key is one video through three doors', async () => {
  const order = { prompt: 'a fox', model: 'veo-3.1-fast', aspectRatio: '9:16' }
  const headers = { 'idempotency-key': 'order-1' }
  const { fileIds } = await send({ ...event, id: 'order-1', data: order })
  expect((await send({ ...event, data: order }, headers)).fileIds).toEqual(fileIds)
  const byApi = await startByApi(ask('/api/generate/video', post(order, headers)))
  expect(await byApi.json()).toMatchObject({ fileId: fileIds[0] })
  const byJourney = await startByOpenJourney(ask('/api/openjourney/generate', post(order, headers)))
  expect(await byJourney.json()).toMatchObject({ data: { taskId: fileIds[0] } })
  expect(await rows()).toHaveLength(1)
})

test('attack: is for API keys alone, also where everyone may spend, and makes no account', async () => {
  expect(process.env.ACCESS).toBe('open')
  const before = await database().$count(user)
  const noKey: Asker = (path, init) => new Request(`http://localhost${path}`, init)
  expect(await send(event, { cookie: 'a=b' }, noKey)).toMatchObject({ code: 'key_invalid' })
  expect(await database().$count(user)).toBe(before)
  expect(await rows()).toEqual([])
})

test.each([
  ['this', POST, '/api/inngest', event],
  ['OpenJourney’s', startByOpenJourney, '/api/openjourney/generate', { prompt: 'a fox' }],
] as const)(
  'attack: a key that is revoked while the body comes starts nothing by %s door',
  async (_name, route, path, order) => {
    const { caller } = await aPerson()
    const { key, view } = await createKey(caller, { name: 'slow', scopes: ['generate'] })
    const body = new ReadableStream(
      {
        async pull(controller) {
          await revokeKey(caller, view.id)
          controller.enqueue(new TextEncoder().encode(JSON.stringify(order)))
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
    expect((await route(new Request(`http://localhost${path}`, init))).status).toBe(403)
    expect(await rows()).toEqual([])
  },
)

test('attack: a key spends the money of no Telegram user but its own', async () => {
  const named = { ...event, data: { ...data, telegram_id: 42, is_ru: true, bot_name: 'studio' } }
  Object.assign(env(), { TELEGRAM_BOTS: [['studio', '1:token']] })
  expect(await send(named)).toMatchObject({ code: 'forbidden' })
  expect(await rows()).toEqual([])
})

test.each<[string, unknown, string]>([
  ['another name', { ...event, name: 'veo3/video.delete' }, 'name'],
  ['no data', { name: event.name }, ''],
  ['no prompt', { ...event, data: { model: 'veo-3.1-fast' } }, 'prompt'],
  ['an unknown field', { ...event, data: { ...data, steps: 7 } }, 'steps'],
  ['an empty list', [], 'body'],
  ['a list too long', Array.from({ length: 21 }, () => event), 'body'],
  ['words', 'generate', ''],
  ['a list with one that is none', [event, 7], ''],
])('refuses %s, and starts nothing', async (_name, body, field) => {
  const { code, detail } = await send(body)
  expect(code).toBe('invalid_input')
  expect(detail).toContain(field)
  expect(await rows()).toEqual([])
})
