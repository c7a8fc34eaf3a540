import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OPTIONS, POST } from '../../../app/api/openjourney/generate/route.ts'
import { GET } from '../../../app/api/openjourney/status/[taskId]/route.ts'
import { POST as startByApi } from '../../../app/api/generate/video/route.ts'
import { aPerson, byKeyOf } from '../../../tests/support/people/a-person.ts'
import type { Asker } from '../../../tests/support/ask-route.ts'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { forgetEverything } from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { downloadPicture } from '../../assets/fetch/download-picture.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { generation, idempotencyKey } from '../../db/generation-schema.ts'
import { env } from '../../env.ts'
import { serveMedia } from '../../http/media/serve-media.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'

process.env.GOOGLE_CLOUD_PROJECT = 'a project'
useDataFolder()
withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

const page = 'https://journey.example'
let ask: Asker
let ownerId: string
beforeEach(async () => {
  const person = await aPerson()
  ownerId = person.caller.ownerId
  ask = await byKeyOf(person.caller)
  Object.assign(env(), { OPENJOURNEY_ORIGINS: [page] })
})
beforeEach(async () => {
  await forgetEverything()
  await database().delete(idempotencyKey)
})

interface Answer {
  success: boolean
  data: { taskId: string; status: string; progress: number; videoUrl?: string; error?: object }
  error: { code: string; message: string; retryable: boolean }
}
const json = { 'content-type': 'application/json', origin: page }
const post = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { ...json, ...headers },
  body: JSON.stringify(body),
})

/** As the grid of OpenJourney asks, but for the address: a JSON body with the key of its user, read as JSON. */
async function send(body: object, headers?: Record<string, string>, asker = ask) {
  const response = await POST(asker('/api/openjourney/generate', post(body, headers)))
  return { response, ...((await response.json()) as Answer) }
}
async function look(taskId: string, headers: Record<string, string> = {}) {
  const request = ask(`/api/openjourney/status/${taskId}`, {
    headers: { origin: page, ...headers },
  })
  const response = await GET(request, { params: Promise.resolve({ taskId }) })
  return { response, ...((await response.json()) as Answer) }
}
const rows = () => database().select().from(generation)
const noKey: Asker = (path, init) => new Request(`http://localhost${path}`, init)
const picture = new Canvas(30, 20).encodeSync('png')

describe('generate', () => {
  test('answers a task at once, for what the client of OpenJourney sends', async () => {
    const words = await send({ prompt: 'a race car', apiKey: null })
    expect(words.response.status).toBe(202)
    const imageBytes = picture.toString('base64')
    const prompt = 'a knight - animated video'
    const moving = await send({ prompt, imageBytes, apiKey: 'AIzaSy', model: 'veo-3.1-fast' })
    expect(moving).toMatchObject({
      success: true,
      data: { taskId: expect.stringMatching(/^file_/) },
    })
    const row = (await rows()).find(({ id }) => id === moving.data.taskId)
    expect(row).toMatchObject({ ownerId, originDoor: 'openjourney', prompt, model: 'veo-3.1-fast' })
    expect(row!.settings.inputs?.firstFrame).toMatch(/^image_/)
  })

  test('takes a data URL, a format and a quality', async () => {
    const image = `data:image/png;base64,${picture.toString('base64')}`
    const { data } = await send({ prompt: 'a fox', image, aspectRatio: '9:16', quality: 'high' })
    const row = (await rows()).find(({ id }) => id === data.taskId)
    expect(row).toMatchObject({ model: 'veo-3.1', settings: { aspectRatio: '9:16' } })
  })

  test('the same order twice is one video: at once, after a lost answer, and with its picture', async () => {
    const order = { prompt: 'a fox', image: picture.toString('base64'), quality: 'fast' }
    const all = await Promise.all(Array.from({ length: 5 }, () => send(order)))
    expect(new Set(all.map(({ data }) => data.taskId)).size).toBe(1)
    expect((await send({ ...order, prompt: 'a dog' })).data.taskId).not.toBe(all[0]!.data.taskId)
    expect(await rows()).toHaveLength(2)
  })

  test('the same order is another one after half a minute, and with another API key', async () => {
    const first = (await send({ prompt: 'a fox' })).data.taskId
    const other = await byKeyOf((await personOf(ownerId)).caller)
    expect((await send({ prompt: 'a fox' }, {}, other)).data.taskId).not.toBe(first)
    const createdAt = new Date(Date.now() - 31_000)
    await database().update(idempotencyKey).set({ createdAt })
    expect((await send({ prompt: 'a fox' })).data.taskId).not.toBe(first)
  })

  test('one key is one video through two doors', async () => {
    const headers = { 'idempotency-key': 'order-1' }
    const order = { prompt: 'a fox', aspectRatio: '16:9' }
    const { data } = await send(order, headers)
    const byApi = await startByApi(ask('/api/generate/video', post(order, headers)))
    expect(await byApi.json()).toMatchObject({ fileId: data.taskId })
    expect(await rows()).toHaveLength(1)
    expect((await send({ ...order, prompt: 'a dog' }, headers)).error.code).toBe(
      'idempotency_key_reused',
    )
  })

  test('what was started stays started, also when its picture is gone since', async () => {
    const headers = { 'idempotency-key': 'order-2' }
    const { data } = await send({ prompt: 'a fox' }, headers)
    const image = 'https://127.0.0.1/gone.png'
    expect((await send({ prompt: 'a fox', image }, headers)).data.taskId).toBe(data.taskId)
  })

  test.each<[string, object, string]>([
    ['no prompt', {}, 'prompt'],
    ['a prompt that is none', { prompt: 7 }, 'prompt'],
    [
      'a picture that is none',
      { prompt: 'a fox', image: Buffer.alloc(400).toString('base64') },
      '',
    ],
    ['no base64', { prompt: 'a fox', image: 'pictures/fox.png' }, 'image'],
    ['a link to this machine', { prompt: 'a fox', image: 'http://127.0.0.1:80/a.png' }, 'image'],
    ['a link inside', { prompt: 'a fox', image: 'https://169.254.169.254/latest' }, 'image'],
    ['an unknown quality', { prompt: 'a fox', quality: 'best' }, 'quality'],
    ['an unknown setting', { prompt: 'a fox', steps: 7 }, 'steps'],
  ])('refuses %s', async (_name, body, field) => {
    const { response, success, error } = await send(body)
    expect([response.status, success]).toEqual([400, false])
    expect(error).toMatchObject({ code: 'invalid_input', retryable: false })
    expect(error.message).toContain(field)
    expect(await rows()).toEqual([])
  })

  test('refuses a picture over the limit, as base64 and as a body', async () => {
    const image = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64')
    expect((await send({ prompt: 'a fox', image })).error.code).toBe('invalid_input')
    const { response, error } = await send({ prompt: 'a fox', image: image + image })
    expect([response.status, error.code]).toEqual([413, 'payload_too_large'])
  })

  test('attack: a picture of white space alone holds up nothing', async () => {
    const image = `${' '.repeat(2_000_000)}!`
    const { response, error } = await send({ prompt: 'a fox', image })
    expect([response.status, error.code]).toEqual([400, 'invalid_input'])
    const spaced = picture.toString('base64').replaceAll(/.{76}/g, '$&\r\n')
    for (const text of [`${spaced}\n`, `data:image/png;base64,\n${spaced}`])
      expect((await send({ prompt: 'a fox', image: text })).response.status).toBe(202)
  })

  test('attack: is for API keys alone, also where everyone may spend, and makes no account', async () => {
    const before = await database().$count(user)
    const { response, error } = await send({ prompt: 'a fox' }, { cookie: 'a=b' }, noKey)
    expect([response.status, error.code]).toEqual([401, 'key_invalid'])
    expect(response.headers.get('set-cookie')).toBeNull()
    expect(await database().$count(user)).toBe(before)
    expect(await rows()).toEqual([])
  })
})

describe('status', () => {
  test('goes from pending to a link of ours that plays without a key', async () => {
    const { taskId } = (await send({ prompt: 'a fox' })).data
    expect((await look(taskId)).data).toEqual({ status: 'pending', progress: 0 })
    await setRow(taskId, { state: 'waiting', progress: 40.6 })
    expect((await look(taskId)).data).toEqual({ status: 'processing', progress: 40 })
    await productionStorage().put(`${taskId}/video.mp4`, await tinyMp4())
    await setFinished(taskId)
    const { data } = await look(taskId, { host: 'studio.example' })
    expect(data).toMatchObject({ status: 'completed', progress: 100 })
    expect(data.videoUrl).toMatch(/^http:\/\/studio\.example\/api\/media\/file_/)
    const played = await serveMedia(new Request(data.videoUrl!), taskId, 'video.mp4')
    expect(played.status).toBe(200)
    await played.body?.cancel()
  })

  test('says why a video failed, in the language of the request, and that one was canceled', async () => {
    const { taskId } = (await send({ prompt: 'a fox' })).data
    const failed = {
      errorCode: 'content_policy',
      errorMessage: { key: 'errors.not_found' },
    } as const
    await setRow(taskId, { state: 'failed', ...failed, finishedAt: new Date() })
    expect((await look(taskId, { 'accept-language': 'ru' })).data).toMatchObject({
      status: 'failed',
      error: { code: 'content_policy', message: expect.stringMatching(/[а-я]/), retryable: false },
    })
    await setRow(taskId, { state: 'canceled' })
    expect((await look(taskId)).data).toMatchObject({
      status: 'failed',
      error: { code: 'canceled' },
    })
  })

  test('attack: tells nothing of a video of another account', async () => {
    const { taskId } = (await send({ prompt: 'a fox' })).data
    ask = await byKeyOf((await aPerson()).caller)
    expect(await look(taskId)).toMatchObject({ success: false, error: { code: 'not_found' } })
  })

  test.each(['file_000000000000000000000000', 'nonsense'])('knows no %s', async (taskId) => {
    const { response, error } = await look(taskId)
    expect([response.status, error.code]).toEqual([404, 'not_found'])
  })
})

describe('pages of other sites', () => {
  const allowed = (answer: Response) => answer.headers.get('access-control-allow-origin')

  test('may ask where they are named, refusals included', async () => {
    const before = OPTIONS(new Request('http://localhost/', { headers: { origin: page } }))
    expect([before.status, allowed(before)]).toEqual([204, page])
    expect(before.headers.get('access-control-allow-headers')).toContain('authorization')
    expect(allowed((await send({ prompt: 'a fox' })).response)).toBe(page)
    expect(allowed((await send({}, {}, noKey)).response)).toBe(page)
  })

  test.each(['https://evil.example', `${page}.evil.example`, 'http://journey.example', 'null'])(
    'may not where they are %s',
    async (origin) => {
      const answer = OPTIONS(new Request('http://localhost/', { headers: { origin } }))
      expect(allowed(answer)).toBeNull()
      expect(allowed((await send({ prompt: 'a fox' }, { origin })).response)).toBeNull()
    },
  )
})

describe('a picture behind a link', () => {
  test('is brought up to its limit, and not beyond', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/fox.png' }).end()
      else response.end(picture)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/moved`
    const signal = AbortSignal.timeout(60_000)
    const bring = async (maxBytes: number) => {
      const pieces = []
      const bytes = downloadPicture({ url, maxBytes, isLoopbackAllowed: true, signal })
      for await (const piece of bytes) pieces.push(piece)
      return pieces
    }
    expect(Buffer.concat(await bring(picture.length))).toEqual(picture)
    await expect(bring(picture.length - 1)).rejects.toMatchObject({ code: 'too_large' })
    server.close()
  })
})

async function personOf(id: string) {
  const [row] = await database().select().from(user).where(eq(user.id, id))
  const person = await aPerson()
  return { caller: { ...person.caller, ownerId: row!.id, userId: row!.id } }
}
