import { once } from 'node:events'
import { mkdir, readdir } from 'node:fs/promises'
import { Agent, type IncomingMessage, type Server, createServer, request as ask } from 'node:http'
import { type AddressInfo, type Socket, connect } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { Canvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'
import { endDeafness, endSilence } from './end-silence.ts'
import { frontDoor } from './front-door.ts'
import { serverOptions } from './server-limits.ts'

const dataFolder = useDataFolder()
withTestDatabase()

let server: Server
let port: number
let cookie: string
/** How many bytes came over the latest connection. */
let received: () => number
/** Whether a silence is a second long, and not half a minute. */
let isHurried = false
const deafMs = 4_000

beforeAll(async () => {
  const answer = frontDoor((_request, response) => void response.end('Next'))
  server = createServer(serverOptions({ isDev: false }), (request, response) => {
    received = () => request.socket.bytesRead
    if (isHurried) endSilence(request, { silenceMs: 1_000, leastBytes: 100 })
    if (request.url === '/film') pipeline(film(), response, () => {})
    else void answer(request, response)
  })
  // As Next does where it has no socket.
  server.on('upgrade', (_request, socket) => socket.destroy())
  // Long enough that this process, busy as its machine may be, is never taken for deaf itself.
  endDeafness(server, deafMs)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
  const visitor = await aVisitor()
  cookie = visitor.request('/').headers.get('cookie')!
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const workFolder = join(dataFolder, 'work')
const leftovers = () => readdir(workFolder)
beforeEach(() => mkdir(workFolder, { recursive: true }))

/** A connection with the head of an upload sent, and what comes back over it. */
function begin(contentLength: number | 'chunked') {
  const socket: Socket = connect(port, '127.0.0.1')
  const length =
    contentLength === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${contentLength}`
  const head = ['POST /api/image HTTP/1.1', 'host: localhost', `cookie: ${cookie}`, length]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  let text = ''
  socket.on('data', (data) => (text += data.toString()))
  socket.on('error', () => {})
  return {
    socket,
    closed: new Promise((resolve) => socket.once('close', resolve)),
    status: () => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]),
    body: () => text,
  }
}

const picture = drawn()

function drawn() {
  const canvas = new Canvas(300, 200)
  const context = canvas.getContext('2d')
  for (let x = 0; x < 300; x++) {
    context.fillStyle = `hsl(${(x * 7919) % 360} 90% 50%)`
    context.fillRect(x, (x * 31) % 100, 1, 100)
  }
  return canvas.encodeSync('png')
}

describe('S1: an upload is judged by its first bytes', () => {
  test.each([
    ['a HEIF', Buffer.from('000000186674797068656963', 'hex')],
    ['a GIF', Buffer.from('GIF89a......')],
    ['an SVG', Buffer.from('<svg xmlns="http')],
    ['an AVIF', Buffer.from('0000001c6674797061766966', 'hex')],
    ['text', Buffer.from('{"image":"data:image/png"}')],
  ])('%s is refused before the rest is read', async (_name, head) => {
    const sent = begin(9_900_000)
    sent.socket.write(head)
    await expect.poll(sent.status).toBe(400)
    expect(sent.body()).toContain('Choose a PNG, JPEG or WebP image.')
    for (let piece = 0; piece < 100; piece++) sent.socket.write(Buffer.alloc(64 * 1024))
    await sent.closed
    expect(received()).toBeLessThan(3_000_000)
    expect(await leftovers()).toEqual([])
  })

  test('one whose first bytes come singly is taken', async () => {
    const sent = begin(picture.length)
    sent.socket.setNoDelay()
    for (const byte of picture.subarray(0, 14)) {
      sent.socket.write(Buffer.from([byte]))
      await sleep(5)
    }
    sent.socket.write(picture.subarray(14))
    await expect.poll(sent.status).toBe(201)
    sent.socket.destroy()
  })

  test('one of no bytes is refused', async () => {
    const sent = begin(0)
    await expect.poll(sent.status).toBe(400)
    sent.socket.destroy()
  })

  test('one that announces too much is refused before it comes', async () => {
    const sent = begin(11_000_000)
    await expect.poll(sent.status).toBe(413)
    await sent.closed
  })

  test('one that grows too large is read no further', async () => {
    const sent = begin('chunked')
    const data = Buffer.concat([picture.subarray(0, 33), Buffer.alloc(256 * 1024)])
    const piece = [`${data.length.toString(16)}\r\n`, data, '\r\n'] as const
    for (let count = 0; count < 80; count++) for (const part of piece) sent.socket.write(part)
    await expect.poll(sent.status).toBe(413)
    await sent.closed
    expect(received()).toBeLessThan(14_000_000)
    expect(await leftovers()).toEqual([])
  })
})

describe('S10: a body', () => {
  beforeAll(() => {
    isHurried = true
  })

  test('that falls silent is ended, and leaves nothing behind', async () => {
    const sent = begin(picture.length)
    sent.socket.write(picture.subarray(0, picture.length - 50))
    await expect.poll(leftovers).toHaveLength(1)
    await sent.closed
    await expect.poll(leftovers).toEqual([])
  })

  test('that drips counts as silent', async () => {
    const sent = begin(picture.length)
    sent.socket.write(picture.subarray(0, 200))
    const drip = setInterval(() => sent.socket.write('x'), 20)
    await sent.closed
    clearInterval(drip)
  })

  test('whose client leaves leaves nothing behind', async () => {
    const sent = begin(9_000_000)
    sent.socket.write(picture)
    await expect.poll(leftovers).toHaveLength(1)
    sent.socket.destroy()
    await expect.poll(leftovers).toEqual([])
  })

  test('F13: that is slow is waited for, many times longer than a silence', async () => {
    const sent = begin(picture.length)
    const pieces = 12
    const size = Math.ceil(picture.length / pieces)
    for (let piece = 0; piece < pieces; piece++) {
      sent.socket.write(picture.subarray(piece * size, (piece + 1) * size))
      await sleep(200)
    }
    await expect.poll(sent.status).toBe(201)
    sent.socket.destroy()
  })
})

test('S20: an answer before the body has come is the last of its connection, and gets through', async () => {
  const sent = begin(200_000)
  sent.socket.write(Buffer.concat([Buffer.from('GIF89a......'), Buffer.alloc(199_988)]))
  await sent.closed
  expect(sent.status()).toBe(400)
  expect(sent.body()).toMatch(/connection: close/i)
  const agent = new Agent({ keepAlive: true })
  for (const method of ['POST', 'GET', 'POST', 'GET']) {
    const body = method === 'POST' ? Buffer.alloc(200_000, 'a') : ''
    const path = method === 'POST' ? '/api/image' : '/chat'
    const asked = ask({ port, host: '127.0.0.1', path, method, agent }).end(body)
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.resume()
    await once(response, 'end')
    expect(response.statusCode).toBe(method === 'POST' ? 400 : 200)
    await sleep(50)
  }
  agent.destroy()
})

test.each(['h2c', 'websocket'])(
  'S20: an offer of %s is passed over, the request answered',
  async (upgrade) => {
    const socket = connect(port, '127.0.0.1')
    const head = [
      'POST /chat HTTP/1.1',
      'host: localhost',
      'connection: upgrade',
      'content-length: 2',
    ]
    socket.write(`${head.join('\r\n')}\r\nupgrade: ${upgrade}\r\n\r\n{}`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('HTTP/1.1 200 OK')
    socket.destroy()
  },
)

/** As long as it is read. */
function* film() {
  while (true) yield Buffer.alloc(64 * 1024)
}

describe('S10: of an answer', () => {
  const watch = () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET /film HTTP/1.1\r\nhost: localhost\r\n\r\n')
    return socket
  }

  test('a client that takes nothing is not waited for', { tags: 'long' }, async () => {
    const socket = watch()
    const [served] = (await once(server, 'connection')) as [Socket]
    await once(served, 'close')
    socket.destroy()
  })

  test('a client that takes a little at a time is', { tags: 'long' }, async () => {
    const socket = watch()
    const [served] = (await once(server, 'connection')) as [Socket]
    for (const began = Date.now(); Date.now() - began < 2 * deafMs;) {
      socket.read(256 * 1024)
      await sleep(100)
    }
    expect(served.destroyed).toBe(false)
    socket.destroy()
  })
})

test('F13, F36: no clock ends a request, and a kept connection outlives a proxy’s 60 s', async () => {
  const response = await fetch(`http://127.0.0.1:${port}/health`)
  await response.text()
  expect(response.headers.get('keep-alive')).toBe('timeout=130')
  expect(server.requestTimeout).toBe(0)
  expect(server.timeout).toBe(0)
  expect(server.headersTimeout).toBeGreaterThan(server.keepAliveTimeout)
})
