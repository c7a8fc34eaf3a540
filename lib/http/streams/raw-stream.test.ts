import { once } from 'node:events'
import { type IncomingMessage, type Server, createServer, request as ask } from 'node:http'
import { type AddressInfo, type Socket, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Outlet, PushStream } from '../../events/push-stream.ts'
import { sendWebResponse } from '../front-door/node-adapter.ts'
import { guardAnswer } from '../guard-answer.ts'

let server: Server
let port: number
/** The streams that were asked for, in order. */
let opened: { outlet: Outlet | undefined; isClosed: boolean; greeting: string }[]
/** Lets the answer to `/slow` end. */
let endSlow: () => void

beforeEach(async () => {
  opened = []
  const slow = Promise.withResolvers<void>()
  endSlow = slow.resolve
  server = createServer((request, response) => {
    guardAnswer(request, response, { build: 'build-1' })
    response.setHeader('ratelimit', '"events";r=9;t=1')
    if (request.url === '/slow') void slow.promise.then(() => response.end('slow'))
    else void sendWebResponse(streamOf(request.url!), response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function streamOf(url: string) {
  const stream: (typeof opened)[number] = { outlet: undefined, isClosed: false, greeting: url }
  opened.push(stream)
  const body = new PushStream({
    flowTo(outlet) {
      stream.outlet = outlet
      outlet.push(Buffer.from(stream.greeting))
    },
    close: () => void (stream.isClosed = true),
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

async function get(path: string) {
  const sent = ask({ port, host: '127.0.0.1', path }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}

/** A connection that shows every byte. */
async function rawly(requests: string) {
  const socket: Socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let read = ''
  socket.on('data', (bytes) => {
    read += bytes.toString('latin1')
  })
  socket.write(requests)
  return { socket, read: () => read }
}
const request = (path: string, version = '1.1') =>
  `GET ${path} HTTP/${version}\r\nhost: 127.0.0.1\r\n\r\n`

test('a stream has the headers of its answer, those every answer has, and a date', async () => {
  const { statusCode, headers } = await get('/a')
  expect(statusCode).toBe(200)
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'x-build': 'build-1',
    ratelimit: '"events";r=9;t=1',
    connection: 'close',
    'transfer-encoding': 'chunked',
  })
  expect(Math.abs(Date.parse(headers.date!) - Date.now())).toBeLessThan(60_000)
})

test('what is pushed comes in order, and the end is told as one', async () => {
  const response = await get('/a')
  for (const part of ['1', 'ä'.repeat(5_000), '3']) opened[0]!.outlet!.push(Buffer.from(part))
  opened[0]!.outlet!.end()
  expect(await text(response)).toBe(`/a1${'ä'.repeat(5_000)}3`)
  expect(response.complete).toBe(true)
  await vi.waitFor(() => expect(opened[0]!.isClosed).toBe(true))
})

test('half a stream does not look like a whole one', async () => {
  const response = await get('/a')
  opened[0]!.outlet!.fail(new Error('the reader is too slow'))
  await expect(text(response)).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(response.complete).toBe(false)
})

test('a source is closed when the client goes', async () => {
  const response = await get('/a')
  response.destroy()
  await vi.waitFor(() => expect(opened[0]!.isClosed).toBe(true))
})

test('a client of HTTP/1.0 reads the bytes as they are, until the connection ends', async () => {
  const { socket, read } = await rawly(request('/a', '1.0'))
  await vi.waitFor(() => expect(opened[0]?.outlet).toBeDefined())
  opened[0]!.outlet!.push(Buffer.from(' and more'))
  opened[0]!.outlet!.end()
  await once(socket, 'end')
  expect(read()).not.toContain('transfer-encoding')
  expect(read().split('\r\n\r\n')[1]).toBe('/a and more')
})

test('a stream that is asked for behind another answer begins once that is sent', async () => {
  const { read } = await rawly(request('/slow') + request('/a'))
  await vi.waitFor(() => expect(opened).toHaveLength(1))
  expect(opened[0]!.outlet).toBeUndefined()
  endSlow()
  await vi.waitFor(() => expect(read()).toMatch(/slow.*\r\n2\r\n\/a\r\n$/s))
})

test.for<[string, (socket: Socket) => void]>([
  ['goes', (socket) => socket.destroy()],
  ['breaks off', (socket) => socket.resetAndDestroy()],
])('a stream behind another answer is closed where the client %s meanwhile', async ([, leave]) => {
  const { socket } = await rawly(request('/slow') + request('/a'))
  await vi.waitFor(() => expect(opened).toHaveLength(1))
  leave(socket)
  await vi.waitFor(() => expect(opened[0]!.isClosed).toBe(true))
  expect(opened[0]!.outlet).toBeUndefined()
})

test('nothing of what is asked behind a stream is written into it', async () => {
  const { socket, read } = await rawly(request('/a') + request('/b'))
  await vi.waitFor(() => expect(opened[0]?.outlet).toBeDefined())
  opened[0]!.outlet!.push(Buffer.from('1'))
  opened[0]!.outlet!.end()
  await once(socket, 'end')
  expect(read()).toMatch(/\r\n\r\n2\r\n\/a\r\n1\r\n1\r\n0\r\n\r\n$/)
})

test('a source that fails at its beginning ends the connection', async () => {
  server.removeAllListeners('request')
  const body = new PushStream({
    flowTo: () => {
      throw new Error('no snapshot')
    },
    close: () => {},
  })
  let failed: unknown
  server.on('request', (_request, response) => {
    sendWebResponse(new Response(body), response).catch((error: unknown) => {
      failed = error
    })
  })
  await expect(get('/a')).rejects.toMatchObject({ code: 'ECONNRESET' })
  expect(failed).toMatchObject({ message: 'no snapshot' })
})

test('a header of several lines stays several lines', async () => {
  server.removeAllListeners('request')
  server.on('request', (_request, response) => {
    response.setHeader('set-cookie', ['a=1', 'b=2'])
    void sendWebResponse(streamOf('/a'), response)
  })
  expect((await get('/a')).headers['set-cookie']).toEqual(['a=1', 'b=2'])
})
