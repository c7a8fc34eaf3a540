import { readFileSync } from 'node:fs'
import { type IncomingHttpHeaders, type Server, type ServerResponse, createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWorker } from '#lib/generations/engine/worker'
import { useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { createKey } from '#lib/people/keys/keys'
import type { FileView } from '../../clients/typescript/api-types.ts'
import { Photofinish, PhotofinishError } from '../../clients/typescript/photofinish.ts'
import { clientTypes, clientTypesPath } from '../../scripts/client-types.mjs'
import { anAccount } from '../support/people/an-account.ts'
import { aFileView } from '../support/generations/file-view.ts'
import { withTestDatabase } from '../support/database/test-database.ts'
import { fetchInContract, startApiServer } from './api-server.ts'

useDataFolder()
withTestDatabase()

test('its types are those of the document (node scripts/client-types.mjs writes them)', () => {
  expect(readFileSync(clientTypesPath, 'utf8')).toBe(clientTypes())
})

describe('against the real server', () => {
  let server: Awaited<ReturnType<typeof startApiServer>>
  let worker: Awaited<ReturnType<typeof startWorker>>
  let studio: Photofinish
  beforeAll(async () => {
    await startQueue()
    worker = await startWorker()
    server = await startApiServer()
  })
  afterAll(async () => {
    server.close()
    await worker.stop()
    await stopQueue(1_000)
  })
  beforeEach(async () => {
    const { key } = await createKey(await anAccount(), { name: 'k', scopes: ['read', 'generate'] })
    studio = new Photofinish({ server: server.url, key, fetch: fetchInContract as typeof fetch })
  })

  const short = {
    prompt: 'a fox',
    model: 'local-preview',
    duration: 2,
    resolution: '480p',
  } as const

  test('a video is started, followed and downloaded', async () => {
    const [started] = await studio.generate(short)
    const views: FileView[] = []
    for await (const view of studio.follow(started!.id)) views.push(view)
    const last = views.at(-1)!
    expect(last.status).toBe('completed')
    expect(views.map(({ version }) => version)).toEqual(
      [...new Set(views.map(({ version }) => version))].toSorted((a, b) => a - b),
    )
    const bytes = await (await studio.download(last)).arrayBuffer()
    expect(bytes.byteLength).toBe(last.sizeBytes)
    expect((await studio.finished(started!.id)).version).toBe(last.version)
  })

  test('the same order is one video, and another with its key is refused by code', async () => {
    const order = { idempotencyKey: 'order-1' }
    const [first] = await studio.generate(short, order)
    const [again] = await studio.generate(short, order)
    expect(again!.id).toBe(first!.id)
    const other = studio.generate({ ...short, prompt: 'a wolf' }, order)
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused', status: 422 })
    expect((await studio.list({ limit: 5 })).files).toHaveLength(1)
    await studio.cancel(first!.id).catch(() => {})
  })

  test('what is refused is an error with a code, at once', async () => {
    const wrong = new Photofinish({ server: server.url, key: `pf_${'z'.repeat(40)}` })
    await expect(wrong.models()).rejects.toBeInstanceOf(PhotofinishError)
    await expect(wrong.finished('file_0123456789abcdefghijklmn')).rejects.toMatchObject({
      code: 'key_invalid',
      status: 401,
      retryable: false,
    })
    await expect(studio.finished('file_0123456789abcdefghijklmn')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(studio.generate({ prompt: '' })).rejects.toMatchObject({
      code: 'invalid_input',
      problem: { errors: [{ field: 'prompt' }] },
    })
    expect((await studio.estimate(short)).usd).toBe(0)
    expect((await studio.models()).models.length).toBeGreaterThan(3)
  })

  test('a video that is not finished has nothing to download', async () => {
    const [started] = await studio.generate(short)
    await expect(studio.download({ ...started!, url: null })).rejects.toMatchObject({
      code: 'not_possible_now',
    })
    await studio.cancel(started!.id)
    expect((await studio.finished(started!.id)).status).toBe('canceled')
  })
})

describe('on a line that is disturbed', () => {
  let server: Server
  /** What is answered next, by the path; the last one again and again. */
  let script: Record<'stream' | 'poll' | 'start', ((response: ServerResponse) => void)[]>
  let asked: { path: string; headers: IncomingHttpHeaders }[]
  let studio: Photofinish
  const id = 'file_0123456789abcdefghijklmn'
  const quick = { pollMs: 20, reconnectMs: 5, silenceMs: 60 }

  beforeEach(async () => {
    asked = []
    script = { stream: [], poll: [], start: [] }
    server = createServer((request, response) => {
      const path = request.url!
      asked.push({ path, headers: request.headers })
      const kind = path.includes('/events/')
        ? 'stream'
        : path.includes('/generate/')
          ? 'start'
          : 'poll'
      const steps = script[kind]
      const step = steps.length > 1 ? steps.shift()! : steps[0]
      if (step) step(response)
      else request.socket.destroy()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    studio = new Photofinish({
      server: `http://127.0.0.1:${port}/studio/`,
      key: 'pf_k',
      retryMs: 1,
    })
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const view = (version: number, status: FileView['status'] = 'processing') =>
    aFileView({ id, version, status }) as FileView
  const json =
    (body: object, status = 200) =>
    (response: ServerResponse) =>
      void response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body))
  const say =
    (views: FileView[], end = true) =>
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      for (const one of views)
        response.write(
          `id: ${id}:${one.version}\ndata: ${JSON.stringify({ type: 'file', object: one })}\n\n`,
        )
      if (end) response.end()
    }
  const drop = (response: ServerResponse) => void response.destroy()

  async function versionsOf(follow = studio.follow(id, quick)) {
    const versions: number[] = []
    for await (const { version } of follow) versions.push(version)
    return versions
  }

  test('dropped streams are opened again behind the last message', async () => {
    script.poll = [json({}, 503)]
    script.stream = [
      say([view(1), view(2)]),
      drop,
      say([view(2), view(4)], false),
      say([view(5, 'completed')]),
    ]
    expect(await versionsOf()).toEqual(expect.arrayContaining([2, 5]))
    const streams = asked.filter(({ path }) => path.includes('/events/'))
    expect(streams.map(({ headers }) => headers['last-event-id'])).toEqual([
      undefined,
      `${id}:2`,
      `${id}:2`,
      `${id}:4`,
    ])
    expect(streams[0]!.path).toBe(`/studio/api/v1/events/file.${id}`)
    expect(streams[0]!.headers.authorization).toBe('Bearer pf_k')
  })

  test('without any stream the poll alone brings the end', async () => {
    script.stream = [drop]
    script.poll = [json(view(1)), drop, json(view(1)), json(view(3, 'failed'))]
    expect(await versionsOf()).toEqual([1, 3])
  })

  test('an older view never follows a newer one, whichever brings it', async () => {
    script.stream = [say([view(7)], false)]
    script.poll = [json(view(3)), json(view(6)), json(view(8, 'completed'))]
    const versions = await versionsOf()
    expect(versions).toEqual(versions.toSorted((a, b) => a - b))
    expect(versions.at(-1)).toBe(8)
  })

  test('a refusal ends it, a restart does not', async () => {
    const problem = { code: 'not_found', status: 404, detail: 'x', retryable: false }
    script.stream = [drop]
    script.poll = [json({ bad: 1 }, 502), json(problem, 404)]
    await expect(versionsOf()).rejects.toMatchObject({ code: 'not_found' })
  })

  test('it ends with the signal, and with the loop that reads it', async () => {
    script.stream = [say([view(1)], false)]
    script.poll = [json(view(1))]
    const controller = new AbortController()
    const follow = studio.follow(id, { ...quick, signal: controller.signal })
    expect((await follow.next()).value.version).toBe(1)
    const next = follow.next()
    controller.abort(new Error('enough'))
    await expect(next).rejects.toThrow('enough')
    for await (const one of studio.follow(id, quick)) {
      expect(one.version).toBe(1)
      break
    }
    const before = asked.length
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(asked.length).toBeLessThanOrEqual(before + 1)
  })

  test('a start without an answer is sent again with the same key; a long wait is told, not waited for', async () => {
    script.start = [drop, json({}, 502), json({ success: true, files: [view(1)] }, 202)]
    expect(await studio.generate({ prompt: 'a' })).toHaveLength(1)
    const keys = new Set(asked.map(({ headers }) => headers['idempotency-key']))
    expect(asked).toHaveLength(3)
    expect(keys.size).toBe(1)
    const limit = { code: 'spending_limit_reached', status: 429, detail: 'x', retryable: true }
    script.start = [
      (response) =>
        void response
          .writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '86400' })
          .end(JSON.stringify(limit)),
    ]
    await expect(studio.generate({ prompt: 'a' })).rejects.toMatchObject({
      code: 'spending_limit_reached',
      retryAfterSeconds: 86_400,
    })
  })

  test('the key goes to no other server', async () => {
    const seen: string[] = []
    const spy: typeof fetch = (input, init) => {
      seen.push(`${(input as URL).href} ${new Headers(init?.headers).get('authorization')}`)
      return Promise.resolve(new Response('film'))
    }
    const other = new Photofinish({ server: 'http://studio.example', key: 'pf_k', fetch: spy })
    await other.download({ ...view(1), url: 'https://cdn.example/film.mp4' })
    await other.download({ ...view(1), url: '/studio/api/media/a/video.mp4' })
    expect(seen).toEqual([
      'https://cdn.example/film.mp4 null',
      'http://studio.example/studio/api/media/a/video.mp4 Bearer pf_k',
    ])
  })
})
