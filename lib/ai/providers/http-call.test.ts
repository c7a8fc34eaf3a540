import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { closedAddress } from '../../../tests/support/closed-address.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import { type HttpCall, isLoopback, openCall, requestJson, retryAfterOf } from './http-call.ts'
import { errorOf } from './test-services.ts'

const open: (() => void)[] = []
afterEach(() => open.splice(0).forEach((close) => close()))

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handle)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const contextOf = (signal = new AbortController().signal) => ({
  fetch: globalThis.fetch,
  now: () => new Date(),
  signal,
})
const submit: HttpCall = { method: 'POST', json: { a: 1 }, isSubmit: true }
const call = (url: string, how: HttpCall, signal?: AbortSignal) =>
  errorOf(requestJson('Fake', url, how, contextOf(signal)))

const unknown = { code: 'unknown_submit_outcome', submitOutcome: 'unknown', retryable: false }
const away = { code: 'provider_unavailable', submitOutcome: 'no_job', retryable: true }

describe('a call without an answer', () => {
  test.each([
    ['a submit', submit, unknown],
    ['any other', {}, away],
  ])('that was reset, %s', async (_words, how, meaning) => {
    const url = await serve((request) => request.socket.resetAndDestroy())
    expect(await call(url, how)).toMatchObject(meaning)
  })

  test('to a closed door sent nothing', async () => {
    expect(await call(closedAddress, submit)).toMatchObject(away)
  })

  // As Node names them: https://nodejs.org/api/net.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes.
  const failed = (code: string, syscall?: string) =>
    Object.assign(new Error(code), { code, ...(syscall && { syscall }) })
  const atEach = (...errors: Error[]) =>
    Object.assign(new AggregateError(errors), { code: (errors[0] as { code?: string }).code })
  const slow = failed('ETIMEDOUT', 'connect')
  const noWay = failed('ENETUNREACH', 'connect')
  const failsWith = (cause: Error) =>
    errorOf(
      requestJson('Fake', 'https://away.example', submit, {
        ...contextOf(),
        fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
      }),
    )

  test.each([
    ['none of its addresses', atEach(slow, noWay)],
    ['an address that does not answer', slow],
    ['a host without a name', failed('ENOTFOUND', 'getaddrinfo')],
    ['a certificate of a later day', failed('CERT_NOT_YET_VALID')],
    ['a certificate of a proxy', failed('SELF_SIGNED_CERT_IN_CHAIN')],
  ])('that reached %s sent nothing', async (_words, cause) => {
    expect(await failsWith(cause)).toMatchObject(away)
  })

  test.each([
    ['on its way', failed('ETIMEDOUT', 'read')],
    ['on its way, its host away since', failed('EHOSTUNREACH', 'read')],
    ['at one of several addresses', atEach(noWay, failed('ECONNRESET', 'read'))],
    ['where no address says how', new AggregateError([])],
  ])('that broke off %s may have made a job', async (_words, cause) => {
    expect(await failsWith(cause)).toMatchObject(unknown)
  })

  test('is not sent where it is canceled before', async () => {
    let asked = 0
    const url = await serve((_request, response) => response.end(String(++asked)))
    expect(await call(url, submit, AbortSignal.abort())).toMatchObject(away)
    expect(asked).toBe(0)
  })

  test('may have made a job where it is canceled on its way', async () => {
    const controller = new AbortController()
    const url = await serve(() => controller.abort())
    expect(await call(url, submit, controller.signal)).toMatchObject(unknown)
  })

  test('ends when its time is up', async () => {
    const url = await serve(() => undefined)
    const error = await call(url, { ...submit, timeoutMs: 50 })
    expect(error).toMatchObject(unknown)
    expect(error.message).toContain('no answer in time')
  })
})

describe('an answer', () => {
  test('is given back whatever its status, and whether or not it is JSON', async () => {
    const url = await serve(({ url: path }, response) => {
      response.writeHead(path === '/json' ? 200 : 503, { 'retry-after': '7' })
      response.end(path === '/json' ? '{"a":"ö"}' : '<h1>no</h1>')
    })
    const at = (path: string) => requestJson('Fake', url + path, {}, contextOf())
    expect(await at('/json')).toMatchObject({ status: 200, body: { a: 'ö' } })
    expect(await at('/page')).toMatchObject({
      status: 503,
      body: undefined,
      excerpt: '<h1>no</h1>',
      retryAfterSeconds: 7,
    })
  })

  test('of characters that cannot be kept comes without them: a paid job is not lost for one', async () => {
    const url = await serve((_request, response) => {
      response.end(String.raw`{"taskId":"veo\u0000_1","notes":["a\ud800b"]}`)
    })
    const { body } = await requestJson('Fake', url, {}, contextOf())
    expect(body).toEqual({ taskId: 'veo_1', notes: ['a\ufffdb'] })
  })

  test('that goes on and on is waited for as long as it does', async () => {
    const url = await serve((_request, response) => {
      let sent = 0
      const timer = setInterval(() => {
        if (++sent < 12) response.write(' ')
        else {
          clearInterval(timer)
          response.end('7')
        }
      }, 200)
    })
    const { body } = await requestJson('Fake', url, { timeoutMs: 2_000 }, contextOf())
    expect(body).toBe(7)
  })

  test('that falls silent is lost', async () => {
    const url = await serve((_request, response) => response.write('{'))
    expect(await call(url, { ...submit, timeoutMs: 100 })).toMatchObject(unknown)
  })

  test('is not downloaded any further than it is read', async () => {
    let isOver = false
    const url = await serve((_request, response) => {
      const more = () => void (!isOver && response.write(Buffer.alloc(64 * 1024)) && more())
      response.on('drain', more).once('close', () => (isOver = true))
      more()
    })
    const size = await openCall('Fake', url, {}, contextOf(), async ({ bytes }) => {
      for await (const chunk of bytes) return chunk.length
      return 0
    })
    expect(size).toBeGreaterThan(0)
    await waitUntil(() => isOver)
  })
})

test.each([
  ['7', 7],
  ['0', 0],
  ['Fri, 20 Nov 2026 12:00:30 GMT', 30],
  ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
  ['999999999', 86_400],
  ['soon', undefined],
  ['', undefined],
])('a Retry-After of "%s" is %s s', (value, seconds) => {
  const headers = new Headers({ 'retry-after': value })
  expect(retryAfterOf(headers, new Date('2026-11-20T12:00:00Z'))).toBe(seconds)
})

test('an address of this machine is told from others', () => {
  expect(['http://localhost:1', 'http://127.0.0.2', 'http://[::1]/x'].every(isLoopback)).toBe(true)
  expect([undefined, 'https://127.0.0.1.example', 'http://10.0.0.1'].some(isLoopback)).toBe(false)
})
