import { createHash } from 'node:crypto'
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getGlobalDispatcher } from 'undici'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import { BrokenVideoError } from '../inspect/assert-film.ts'
import { DownloadError } from './download-error.ts'
import { type DownloadVideoOptions, downloadVideo } from './download-video.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

let film: Buffer
let path: string
let closers: (() => void)[] = []

beforeEach(async () => {
  film = await readFile(await tinyMp4())
  path = join(await mkdtemp(join(tmpdir(), 'photofinish-download-')), 'video.mp4')
})

afterEach(() => {
  for (const close of closers) close()
  closers = []
})

/** A server on loopback, the requests it got and the connections that were opened to it. */
async function serve(handler: Handler) {
  const seen = { requests: [] as IncomingMessage[], connections: 0, port: 0, origin: '' }
  const server = createServer((request, response) => {
    seen.requests.push(request)
    handler(request, response)
  })
  server.on('connection', () => seen.connections++)
  await new Promise<void>((resolve) => server.listen(0, resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  seen.port = (server.address() as AddressInfo).port
  seen.origin = `http://127.0.0.1:${seen.port}`
  return seen
}

function download(url: string, options: Partial<DownloadVideoOptions> = {}) {
  const { signal } = new AbortController()
  return downloadVideo({ url, path, isLoopbackAllowed: true, signal, ...options })
}

function sendFilm(response: ServerResponse, headers: Record<string, string> = {}) {
  response.writeHead(200, { 'content-length': String(film.length), ...headers })
  response.end(film)
}

/** Announces the whole film, sends a part of it and cuts the connection. */
function breakOff(response: ServerResponse, bytes: number, headers: Record<string, string> = {}) {
  response.writeHead(200, { 'content-length': String(film.length), ...headers })
  sendAndCut(response, 0, bytes)
}

/** Cuts the connection once the bytes are on the disk: those still on their way would go with it. */
function sendAndCut(response: ServerResponse, from: number, end: number) {
  response.write(film.subarray(from, end))
  const isThere = async () => (await stat(path)).size >= end
  void waitUntil(isThere).finally(() => response.destroy())
}

const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const redirectTo = (location: string): Handler => {
  return (_request, response) => response.writeHead(302, { location }).end()
}

describe('a download', () => {
  test('writes the bytes and says how many they are and what they add up to', async () => {
    await writeFile(path, Buffer.alloc(film.length + 1_000, 'x'))
    const { origin } = await serve((_request, response) => sendFilm(response))
    const stored = await download(`${origin}/film.mp4`)
    expect(stored).toEqual({ sizeBytes: film.length, sha256: sumOf(film) })
    expect(await readFile(path)).toEqual(film)
  })

  test('takes a film of unannounced length', async () => {
    const { origin } = await serve((_request, response) => response.end(film))
    expect(await download(origin)).toEqual({ sizeBytes: film.length, sha256: sumOf(film) })
  })

  test('does not change the global dispatcher', async () => {
    const before = getGlobalDispatcher()
    const { origin } = await serve((_request, response) => sendFilm(response))
    await download(origin)
    expect(getGlobalDispatcher()).toBe(before)
  })

  test('refuses a page of HTML', async () => {
    const server = await serve((_request, response) => response.end('<!doctype html><h1>502</h1>'))
    await expect(download(server.origin)).rejects.toBeInstanceOf(BrokenVideoError)
    expect(server.requests).toHaveLength(1)
  })

  test('refuses an endless page as soon as its first bytes are there', async () => {
    const { origin } = await serve((_request, response) => {
      response.write('<!doctype html>')
    })
    await expect(download(origin)).rejects.toBeInstanceOf(BrokenVideoError)
  })

  test.each(['', 'ftyp'])('refuses %j, which is too short for anything', async (body) => {
    const { origin } = await serve((_request, response) => response.end(body))
    await expect(download(origin)).rejects.toBeInstanceOf(BrokenVideoError)
  })

  test.each([401, 403, 404, 410])('takes a %d as the end of the link', async (status) => {
    const server = await serve((_request, response) => response.writeHead(status).end())
    await expect(download(server.origin)).rejects.toMatchObject({ code: 'expired' })
    expect(server.requests).toHaveLength(1)
  })

  test.each([204, 304, 400, 416])('takes a %d for no answer to a download', async (status) => {
    const server = await serve((_request, response) => response.writeHead(status).end())
    await expect(download(server.origin)).rejects.toMatchObject({ code: 'broken' })
    expect(server.requests).toHaveLength(1)
  })

  test('keeps the secrets of a link out of its message', async () => {
    const { origin } = await serve((_request, response) => response.writeHead(403).end())
    const url = `${origin.replace('//', '//user:password@')}/film.mp4?signature=secret`
    const error = (await download(url).catch((error: unknown) => error)) as Error
    expect(error.message).toBe(`${origin}/film.mp4 answered 403`)
  })

  test.each(['nonsense', 'http://', ''])('takes %j for no link', async (url) => {
    await expect(download(url)).rejects.toMatchObject({ code: 'broken' })
  })

  test('passes on that it was called off', async () => {
    const controller = new AbortController()
    const { origin } = await serve((_request, response) => {
      breakOffNever(response)
      controller.abort(new Error('enough'))
    })
    await expect(download(origin, { signal: controller.signal })).rejects.toThrow('enough')
  })

  test('passes on what the disk says', async () => {
    const { origin } = await serve((_request, response) => sendFilm(response))
    const missing = join(path, 'missing', 'video.mp4')
    await expect(download(origin, { path: missing })).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

/** Sends a part of the film and then nothing more. */
function breakOffNever(response: ServerResponse) {
  response.writeHead(200, { 'content-length': String(film.length) })
  response.write(film.subarray(0, 100))
}

describe('the guard', () => {
  const literals = ['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '127.0.0.1.']
  const more = ['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::1]', '[::]', '0.0.0.0', '0']
  const names = ['localhost', 'LOCALHOST']

  test.each([...literals, ...more, ...names])('opens no socket to %s', async (host) => {
    const server = await serve((_request, response) => sendFilm(response))
    for (const protocol of ['http', 'https']) {
      const url = `${protocol}://${host}:${server.port}/`
      const refused = download(url, { isLoopbackAllowed: false })
      await expect(refused).rejects.toMatchObject({ code: 'blocked_address' })
    }
    expect(server.connections).toBe(0)
  })

  test.each(['127.0.0.1', '[::1]', 'localhost', '2130706433'])(
    'opens %s where loopback is allowed',
    async (host) => {
      const { port } = await serve((_request, response) => sendFilm(response))
      expect(await download(`http://${host}:${port}/`)).toMatchObject({ sizeBytes: film.length })
    },
  )

  const elsewhere = ['169.254.169.254', '10.0.0.1', '192.168.0.1', '[fd00::1]', '[fe80::1]', '0']
  test.each(elsewhere)('opens no %s even where loopback is allowed', async (host) => {
    for (const protocol of ['http', 'https']) {
      const refused = download(`${protocol}://${host}/latest/`)
      await expect(refused).rejects.toMatchObject({ code: 'blocked_address' })
    }
  })

  test.each(['ftp://127.0.0.1/film', 'file:///etc/passwd', 'data:video/mp4,x'])(
    'opens no %s',
    async (url) => {
      await expect(download(url)).rejects.toMatchObject({ code: 'blocked_address' })
    },
  )
})

describe('a redirect', () => {
  test('is followed, also to another port of this machine where loopback is allowed', async () => {
    const target = await serve((_request, response) => sendFilm(response))
    const server = await serve(redirectTo(`${target.origin}/film.mp4?key=1`))
    expect(await download(server.origin)).toMatchObject({ sha256: sumOf(film) })
    expect(target.requests[0]?.url).toBe('/film.mp4?key=1')
  })

  test('may be relative', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/moved/film.mp4') sendFilm(response)
      else response.writeHead(307, { location: 'moved/film.mp4' }).end()
    })
    expect(await download(`${server.origin}/x`)).toMatchObject({ sizeBytes: film.length })
  })

  test.each(['http://169.254.169.254/latest/', 'https://169.254.169.254/', 'file:///etc/passwd'])(
    'is not followed to %s, even where loopback is allowed',
    async (location) => {
      const { origin } = await serve(redirectTo(location))
      await expect(download(origin)).rejects.toMatchObject({ code: 'blocked_address' })
    },
  )

  test('is given the headers of its own hop alone', async () => {
    const target = await serve((_request, response) => sendFilm(response))
    const server = await serve(redirectTo(target.origin))
    const headersFor = (url: URL): Record<string, string> =>
      url.origin === server.origin ? { authorization: 'Bearer key' } : {}
    await download(server.origin, { headersFor })
    expect(server.requests[0]?.headers.authorization).toBe('Bearer key')
    expect(target.requests[0]?.headers).not.toHaveProperty('authorization')
  })

  test('is followed five times and not a sixth', async () => {
    const server = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) sendFilm(response)
      else response.writeHead(302, { location: `/${left - 1}` }).end()
    })
    expect(await download(`${server.origin}/5`)).toMatchObject({ sizeBytes: film.length })
    await expect(download(`${server.origin}/6`)).rejects.toMatchObject({ code: 'broken' })
  })

  test('without an address leads nowhere', async () => {
    const { origin } = await serve((_request, response) => response.writeHead(302).end())
    await expect(download(origin)).rejects.toMatchObject({ code: 'broken' })
  })
})

describe('a limit', () => {
  test('refuses 20 GB before a byte of it was written', async () => {
    const server = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': String(20 * 1024 ** 3) })
      response.write(film)
    })
    await expect(download(server.origin)).rejects.toMatchObject({ code: 'too_large' })
    expect((await readFile(path)).length).toBe(0)
    expect(server.requests).toHaveLength(1)
  })

  test('refuses too many bytes that were not announced', async () => {
    const { origin } = await serve((_request, response) => response.end(film))
    const refused = download(origin, { maxBytes: film.length - 1 })
    await expect(refused).rejects.toMatchObject({ code: 'too_large' })
  })

  test('takes as many bytes as are allowed', async () => {
    const { origin } = await serve((_request, response) => sendFilm(response))
    const taken = await download(origin, { maxBytes: film.length })
    expect(taken.sizeBytes).toBe(film.length)
  })

  test('ends a download whose time is up, bytes or not', async () => {
    const server = await serve((_request, response) => {
      response.write(film.subarray(0, 20))
      const dripping = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(dripping))
    })
    const refused = download(server.origin, { timeoutMs: 1_500 })
    await expect(refused).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.requests).toHaveLength(1)
  })

  test('tries again where a server falls silent', async () => {
    const server = await serve((_request, response) => {
      if (server.requests.length === 1) breakOffNever(response)
      else if (server.requests.length === 3) sendFilm(response)
    })
    const taken = await download(server.origin, { idleTimeoutMs: 1_000 })
    expect(taken.sha256).toBe(sumOf(film))
  })

  test('lets a slow film come that never falls silent', async () => {
    const { origin } = await serve(async (_request, response) => {
      response.writeHead(200, { 'content-length': String(film.length) })
      const step = Math.ceil(film.length / 20)
      for (let at = 0; at < film.length; at += step) {
        response.write(film.subarray(at, at + step))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      response.end()
    })
    expect((await download(origin)).sha256).toBe(sumOf(film))
  })
})

describe('another try', () => {
  test.each([503])('follows a %d', expectFollowed)
  test.each([429, 500, 502])('follows a %d', { tags: 'long' }, expectFollowed)

  async function expectFollowed(status: number) {
    const server = await serve((_request, response) => {
      if (server.requests.length < 3) response.writeHead(status).end('no')
      else sendFilm(response)
    })
    expect(await download(server.origin)).toMatchObject({ sha256: sumOf(film) })
  }

  test('is the third at most', async () => {
    const server = await serve((_request, response) => response.writeHead(503).end())
    await expect(download(server.origin)).rejects.toMatchObject({ code: 'unavailable' })
    expect(server.requests).toHaveLength(3)
  })

  test('follows a connection that was reset', async () => {
    const server = await serve((request) => request.socket.resetAndDestroy())
    await expect(download(server.origin)).rejects.toBeInstanceOf(DownloadError)
    expect(server.requests).toHaveLength(3)
  })

  test('begins again where the server cannot continue', async () => {
    const server = await serve((_request, response) => {
      if (server.requests.length === 1) breakOff(response, 300, { etag: 'W/"weak"' })
      else sendFilm(response)
    })
    expect(await download(server.origin)).toMatchObject({ sha256: sumOf(film) })
    expect(server.requests[1]?.headers).not.toHaveProperty('range')
    expect(await readFile(path)).toEqual(film)
  })

  test('continues where the last one broke off', async () => {
    const server = await serve((request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      if (from === 0) return breakOff(response, 300, { etag: '"v1"' })
      response.writeHead(206, {
        etag: '"v1"',
        'content-range': `bytes ${from}-${film.length - 1}/${film.length}`,
        'content-length': String(film.length - from),
      })
      if (server.requests.length === 2) sendAndCut(response, from, 500)
      else response.end(film.subarray(from))
      return undefined
    })
    const stored = await download(server.origin)
    expect(stored).toEqual({ sizeBytes: film.length, sha256: sumOf(film) })
    expect(await readFile(path)).toEqual(film)
    const asked = server.requests.map(({ headers }) => [headers.range, headers['if-range']])
    expect(asked).toEqual([
      [undefined, undefined],
      ['bytes=300-', '"v1"'],
      ['bytes=500-', '"v1"'],
    ])
  })

  test('begins again where the film has become another one', async () => {
    const server = await serve((_request, response) => {
      if (server.requests.length === 1) breakOff(response, 300, { etag: '"v1"' })
      else sendFilm(response, { etag: '"v2"' })
    })
    expect(await download(server.origin)).toMatchObject({ sha256: sumOf(film) })
    expect(await readFile(path)).toEqual(film)
  })

  test('takes no part that it did not ask for', async () => {
    const server = await serve((_request, response) => {
      if (server.requests.length === 1) return breakOff(response, 300, { etag: '"v1"' })
      const range = `bytes 0-${film.length - 1}/${film.length}`
      return response.writeHead(206, { 'content-range': range }).end(film)
    })
    await expect(download(server.origin)).rejects.toMatchObject({ code: 'broken' })
  })

  test('gives up on a film that breaks off each time', async () => {
    const server = await serve((_request, response) => breakOff(response, 300))
    await expect(download(server.origin)).rejects.toMatchObject({ code: 'truncated' })
    expect(server.requests).toHaveLength(3)
  })
})
