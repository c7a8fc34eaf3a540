import { once } from 'node:events'
import { type IncomingMessage, type Server, createServer, request as ask } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { count } from 'drizzle-orm'
import { user } from '../../db/auth-schema.ts'
import { database } from '../../db/client.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { serverTimeHeader, sessionHeader } from '#lib/contract/answer-headers'
import { hub } from '../../events/hub.ts'
import { openStreams } from '../../events/open-streams.ts'
import { newId } from '../../ids.ts'
import { log } from '../../log.ts'
import { frontDoor } from './front-door.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'

useDataFolder()
withTestDatabase()

let server: Server
let port: number
/** What came through to Next. */
let passed: IncomingMessage[] = []

beforeAll(async () => {
  const answer = frontDoor(
    (request, response) => {
      passed.push(request)
      if (request.url?.startsWith('/too-large')) response.statusCode = 413
      response.setHeader('cache-control', 's-maxage=31536000')
      response.end('a page')
    },
    { build: 'build-1' },
  )
  server = createServer({ maxHeaderSize: 64 * 1024 }, (request, response) => {
    void answer(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await hub().close()
})
beforeEach(() => {
  passed = []
})

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const sent = ask({ port, host: '127.0.0.1', path, method, headers }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const { statusCode: status, headers: head } = response
  return { status, head, body: await text(response) }
}
const page = { accept: 'text/html' }
const aCookie = async () => (await aVisitor()).request('/').headers.get('cookie')!

async function accounts() {
  const [row] = await database().select({ all: count() }).from(user)
  return row!.all
}

describe('what needs no answer of Next', () => {
  test('S2: a query over 2 KB is answered 414', async () => {
    const { status, head, body } = await get(`/health?${'a&'.repeat(7_500)}`)
    expect(status).toBe(414)
    expect(head).toMatchObject({
      'content-type': 'application/problem+json',
      'x-content-type-options': 'nosniff',
    })
    expect(JSON.parse(body)).toMatchObject({ code: 'address_too_long', retryable: false })
    expect(passed).toEqual([])
  })

  test('S3: a User-Agent of 15,500 letters is answered 431', async () => {
    expect((await get('/', { 'user-agent': 'a'.repeat(15_500) })).status).toBe(431)
    expect(passed).toEqual([])
  })

  test('S12: TRACE and PROPFIND are answered 405, with what is allowed', async () => {
    for (const method of ['TRACE', 'PROPFIND']) {
      const { status, head } = await get('/', {}, method)
      expect(status).toBe(405)
      expect(head.allow).toBe('GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
    }
  })

  test('S12: a name that every object has is no medium', async () => {
    for (const name of ['constructor', '__proto__', 'toString'])
      expect((await get(`/api/media/${newId('file')}/${name}`)).status).toBe(404)
  })
})

test('F14: every answer names the build it comes from', async () => {
  for (const path of [
    '/',
    '/health?a',
    '/api/file/file_x',
    `/api/file/${newId('file')}`,
    '/_next/static/gone.js',
  ])
    expect((await get(path)).head['x-build']).toBe('build-1')
  expect((await get('/', {}, 'TRACE')).head['x-build']).toBe('build-1')
})

describe('a session', () => {
  test('S4, S9: is not given with a page, whatever opens it', async () => {
    const before = await accounts()
    for (const path of ['/', '/tools/video-generator', '/chat', '/status', '/nothing-here'])
      expect((await get(path, page)).head['set-cookie']).toBeUndefined()
    expect(await accounts()).toBe(before)
  })

  test('S4: carried over to its new name with a page, which no cache may keep then', async () => {
    const cookie = await aCookie()
    const old = cookie.replace(/^[^=]+/, 'photofinish.session_token')
    const first = await get('/tools/video-generator', { ...page, cookie: old })
    expect(first.head['set-cookie']![0]!.split(';')[0]).toBe(cookie)
    expect(first.head['cache-control']).toBe('private, no-store')
    expect(passed[0]!.headers.cookie).toBe(cookie)

    const inRussian = await get('/tools/video-generator', { ...page, cookie: `locale=ru; ${old}` })
    expect(inRussian.head['set-cookie']).toHaveLength(1)
    expect(passed.at(-1)!.headers.cookie).toBe(`${cookie}; locale=ru`)

    const again = await get('/tools/video-generator', { ...page, cookie })
    expect(again.head['set-cookie']).toBeUndefined()
    expect(again.head['cache-control']).toBe('s-maxage=31536000')
  })

  test.each([
    '/_next/static/chunks/a.js',
    '/favicon.ico',
    '/health',
    '/api/models',
    '/api/file/file_x',
    `/api/file/${newId('file')}`,
    `/api/v1/events/file.${newId('file')}`,
    `/api/media/${newId('file')}/video.mp4`,
  ])('S4: is not given with %s, whatever is accepted', async (path) => {
    expect((await get(path, page)).head['set-cookie']).toBeUndefined()
  })

  test('F1: that cannot be read is left to the browser by a page', async () => {
    const cookie = `${(await aCookie()).split('=')[0]}=abc.def`
    expect((await get('/', { ...page, cookie })).head['set-cookie']).toBeUndefined()
  })

  test('F12: is found among 17 KB of foreign cookies', async () => {
    const cookie = await aCookie()
    const junk = Array.from({ length: 17 }, (_, index) => `junk${index}=${'x'.repeat(1_000)}`)
    const { status, head } = await get('/', { ...page, cookie: [...junk, cookie].join('; ') })
    expect(status).toBe(200)
    expect(head['set-cookie']).toBeUndefined()
  })

  test.each([0, 1, 9, 17])('F12: is found wherever it is among them: %i', async (place) => {
    const cookie = await aCookie()
    const words = ['theme="a, b"', 'broken', '=nameless', 'session_token=no', '%E0%A4=%', '']
    const junk = Array.from({ length: 17 }, (_, index) => `junk${index}=${'あ%; x'.repeat(170)}`)
    const sent = [...junk.slice(0, place), ...words, cookie, ...junk.slice(place)].join(';')
    passed = []
    const bytes = Buffer.from(sent).toString('latin1')
    const { status, head } = await get('/', { ...page, cookie: bytes })
    expect(status).toBe(200)
    expect(head['set-cookie']).toBeUndefined()
    expect(passed[0]!.headers.cookie).toBe(cookie)
  })
})

describe('S17: clients that leave their stream', () => {
  test('at any moment are no error, and leave nothing behind', async () => {
    const cookie = await aCookie()
    const error = vi.spyOn(log(), 'error')
    const channels = `user,file.${newId('file')}`
    const visit = async (leave: (socket: ReturnType<typeof connect>) => Promise<unknown>) => {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      socket.write(
        `GET /api/v1/events/${channels} HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`,
      )
      await leave(socket)
      socket.resetAndDestroy()
    }
    const ways = [
      async () => {},
      () => sleep(1),
      () => sleep(5),
      (socket: ReturnType<typeof connect>) => once(socket, 'data'),
    ]
    await Promise.all(Array.from({ length: 80 }, (_, index) => visit(ways[index % ways.length]!)))
    await expect.poll(() => openStreams().count).toBe(0)
    await expect.poll(() => hub().watchedOwners).toBe(0)
    expect(hub().watchedFiles).toBe(0)
    expect(error.mock.calls).toEqual([])
    error.mockRestore()
  })
})

test('F15: every answer says the server’s time, whatever writes it', async () => {
  const before = Date.now()
  for (const path of [
    '/',
    '/api/file',
    `/api/file/${newId('file')}`,
    `/health?${'a&'.repeat(70)}`,
  ]) {
    const told = Number((await get(path)).head[serverTimeHeader])
    expect(told).toBeGreaterThanOrEqual(before)
    expect(told).toBeLessThanOrEqual(Date.now())
  }
})

test('P4: the list is answered here, and says which session it is of', async () => {
  expect((await get('/api/file')).head[sessionHeader]).toBe('none')
  const cookie = await aCookie()
  passed = []
  const { status, head, body } = await get('/api/file', { cookie })
  expect(status).toBe(200)
  expect(JSON.parse(body)).toEqual({ files: [], nextCursor: null })
  expect(head[sessionHeader]).toMatch(/^[0-9a-f]{12}$/)
  expect((await get('/api/file', { cookie, 'if-none-match': head.etag! })).status).toBe(304)
  expect(passed).toEqual([])
})

test('an answer whose content is at hand has its length, and none of it is sent for HEAD', async () => {
  const cookie = await aCookie()
  const { head, body } = await get('/api/file', { cookie })
  expect(head['content-length']).toBe(String(Buffer.byteLength(body)))
  const asked = await get('/api/file', { cookie }, 'HEAD')
  expect(asked).toMatchObject({ status: 200, body: '' })
  expect(asked.head['content-length']).toBe(head['content-length'])
})

describe('S20: what every answer carries', () => {
  test.each([
    ['/', 200],
    ['/_next/static/chunks/a.js', 200],
    ['/api/models', 200],
    [`/api/file/${newId('file')}`, 404],
    [`/api/v1/events/file.${newId('file')}`, 404],
    [`/api/media/${newId('file')}/video.mp4`, 404],
    ['/api/file/file_x', 404],
    [`/?${'a'.repeat(3_000)}`, 414],
  ])('%s: nosniff, and no other site may embed it', async (path, status) => {
    const answer = await get(path)
    expect(answer.status).toBe(status)
    expect(answer.head).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
  })

  test('a page: a policy that runs no script without the nonce of this very answer', async () => {
    const forged = { ...page, 'x-nonce': 'mine', 'content-security-policy': "'nonce-mine'" }
    const policies = [await get('/', forged), await get('/nothing-here', forged)].map(({ head }) =>
      String(head['content-security-policy']),
    )
    const nonces = policies.map((policy) => /'nonce-([\w+/=]{20,})'/.exec(policy)?.[1])
    expect(new Set(nonces).size).toBe(2)
    expect(policies.join()).not.toMatch(/script-src[^;]*unsafe|mine/)
    expect(passed.map(({ headers }) => headers['x-nonce'])).toEqual(nonces)
    expect(passed[0]!.headers['content-security-policy']).toBe(policies[0])
  })

  test('what a page loads has no policy of its own: the page’s holds', async () => {
    const { head } = await get('/_next/static/chunks/a.js')
    expect(head).not.toHaveProperty('content-security-policy')
  })
})

test('S20: the body of a request that was answered is read no further', async () => {
  const socket = connect(port, '127.0.0.1')
  const size = 40 * 1024 * 1024
  socket.write(`POST /too-large HTTP/1.1\r\nhost: x\r\ncontent-length: ${size}\r\n\r\n`)
  let sent = 0
  const chunk = Buffer.alloc(64 * 1024)
  const pour = () => {
    while (sent < size && !socket.destroyed) {
      sent += chunk.length
      if (!socket.write(chunk)) return
    }
  }
  socket.on('drain', pour)
  socket.on('error', () => {})
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toContain('HTTP/1.1 413')
  pour()
  await new Promise((resolve) => socket.once('close', resolve))
  expect(passed[0]!.socket.bytesRead).toBeLessThan(4 * 1024 * 1024)
})

test('the answer reaches a client that is still sending', async () => {
  const sent = ask({ port, host: '127.0.0.1', path: '/too-large', method: 'POST' })
  sent.write('a')
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(413)
  await sleep(50)
  sent.on('error', () => {}).end('b')
  expect(await text(response)).toBe('a page')
})
