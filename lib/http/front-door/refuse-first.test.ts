import { describe, expect, test } from 'vitest'
import { refusalOf } from './refuse-first.ts'
import { trimRequest } from './trim-request.ts'

const id = `file_${'a'.repeat(24)}`

function statusOf(url: string, method = 'GET', headers: Record<string, string> = {}) {
  return refusalOf({ url, method, headers })?.status
}

describe('the front door refuses', () => {
  test.each<[string, string, number]>([
    ['S2: a query over 2 KB', `/health?${'a'.repeat(2_049)}`, 414],
    ['S2: more than 64 parameters', `/chat?${'a&'.repeat(64)}a`, 414],
    ['S2: 15 KB of parameters', `/health?${'a&'.repeat(7_500)}`, 414],
    ['S2: a path over 4 KB', `/${'a'.repeat(4_096)}`, 414],
    ['S2: a path of 2,000 folders', `/chat${'/a'.repeat(2_000)}`, 414],
    ['S2: the same, encoded', `/chat${'%2F'.repeat(1_000)}`, 414],
    ['S12: NUL in the path', '/api/file/%00', 400],
    ['S12: NUL in the query', '/api/webhooks/kie?token=%00', 400],
    ['S12: a raw control character', '/chat\u0001', 400],
    ['S12: C1 control characters', '/chat?search=%C2%85', 400],
    ['S16: a line break in the query', '/_next/image?url=/api/models%0A{"level":60}', 400],
    ['S12: broken encoding in the path', '/api/file/%E0%A4%A', 400],
    ['S12: broken encoding in the query', '/chat?search=%', 400],
    ['S12: letters that are not UTF-8', '/chat?search=%ff', 400],
    ['S12: another site’s address', 'http://evil.example/', 400],
    ['S12: no path', '*', 400],
    ['S5: a step up, past the door of the chat', '/x/../api/chat', 400],
    ['S5: a step up from the files of the build', '/_next/static/../../api/session', 400],
    ['S8: an encoded step up', '/_next/%2e%2E/api/providers/kie/check', 400],
    ['S8: a step that stays', '/api/./chat', 400],
    ['S8: a step at the end', '/api/chat/.', 400],
    ['S5: a backslash', '/api\\chat', 400],
    ['S5: a fragment, which Next drops', '/api/chat#', 400],
    ['S5: a fragment behind a query', '/api/chat?a#b', 400],
    ['S12: an impossible id at a poll', '/api/file/constructor', 404],
    ['S12: an impossible id at a command', '/api/file/file_x/cancel', 404],
    ['S12: an encoded impossible id', '/api/file/file_%2e%2e/check', 404],
    ['S12: an impossible id at media', '/api/media/__proto__/video.mp4', 404],
    ['S12: an impossible id of a chat', '/api/chat/1/stream', 404],
    ['S16: the image optimiser', '/_next/image?url=%2Fa.png&w=64&q=75', 404],
  ])('%s', (_name, url, status) => {
    expect(statusOf(url)).toBe(status)
  })

  test.each(['[', 'a b', '%zz', 'localhost:99999', 'localhost/x', 'a@b', 'a#b', 'a?b', 'a\\b'])(
    'S12: the Host %s',
    (host) => expect(statusOf('/api/file', 'GET', { host })).toBe(400),
  )

  test.each(['TRACE', 'CONNECT', 'PROPFIND', 'QUERY', 'get'])('S12: the method %s', (method) => {
    expect(statusOf('/', method)).toBe(405)
  })

  test('S3: a header over 4 KB, whichever it is', () => {
    const long = 'a'.repeat(4_097)
    for (const name of ['user-agent', 'accept', 'x-forwarded-host', 'next-router-state-tree'])
      expect(statusOf('/', 'GET', { [name]: long })).toBe(431)
    expect(statusOf('/', 'GET', { cookie: `theme=${long.repeat(5)}` })).toBeUndefined()
  })
})

describe('P1: what a proxy adds to every request', () => {
  const added = ['x-ssl-client-cert', 'x-forwarded-access-token', 'x-amzn-oidc-data', 'forwarded']

  test.each(added)('P1: a long %s is let pass, and goes no further', (name) => {
    const given = (): Record<string, string> => ({ host: 'x', [name]: 'a'.repeat(12_000) })
    for (const url of ['/', '/chat', '/api/models', `/api/file/${id}`]) {
      const headers = given()
      expect(statusOf(url, 'GET', headers)).toBeUndefined()
      trimRequest({ url, headers })
      expect(headers).toEqual({ host: 'x' })
    }
  })

  test.each(['authorization', 'idempotency-key', 'x-webhook-signature', 'last-event-id'])(
    'S3: a long %s, which is read, is refused',
    (name) => expect(statusOf('/api/file', 'GET', { [name]: 'a'.repeat(4_097) })).toBe(431),
  )
})

describe('the front door lets pass', () => {
  test.each([
    '/',
    `/api/file/${id}`,
    `/api/file/${id}/cancel`,
    '/api/file?limit=2&cursor=',
    `/api/media/${id}/video.mp4?download=1`,
    `/api/media/image_${'0'.repeat(24)}/source`,
    `/api/chat/chat_${'0'.repeat(24)}/stream`,
    '/api/chat?search=%D0%B4%D0%BE%D0%B6%D0%B4%D1%8C+100%25',
    `/api/v1/events/${Array.from({ length: 100 }, () => `file.${id}`).join('%2C')}`,
    '/_next/static/chunks/%5Broot%5D.js',
    '/_next/static/chunks/a..b.js',
    '/chat/...',
    `/tools/video-generator?prompt=${'a'.repeat(2_000)}`,
  ])('%s', (url) => expect(statusOf(url)).toBeUndefined())

  test.each(['', 'localhost:4810', '[::1]:80', '10.0.0.5', 'studio.example.', 'stüdio.example'])(
    'the Host %s',
    (host) => expect(statusOf('/api/file', 'GET', { host })).toBeUndefined(),
  )

  test('every method that a route may have', () => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
      expect(statusOf(`/api/file/${id}`, method)).toBeUndefined()
  })
})

describe('what reaches Next', () => {
  test('S3: is the beginning of the User-Agent', () => {
    const headers = { 'user-agent': 'a'.repeat(4_000), host: 'x' }
    trimRequest({ url: '/chat', headers })
    expect(headers).toEqual({ 'user-agent': 'a'.repeat(256), host: 'x' })
  })

  test('F12: are our own cookies, however many others come along', () => {
    const own = 'photofinish-0a1b2c3d.session_token=one'
    const headers = { cookie: `junk=${'x'.repeat(17_000)}; ${own}; photofinish=no; theme=dark` }
    trimRequest({ url: '/api/file', headers })
    expect(headers).toEqual({ cookie: own })
    const foreign: { cookie?: string } = { cookie: 'a=1; b=2' }
    trimRequest({ url: '/api/file', headers: foreign })
    expect(foreign).toEqual({})
  })

  test('S3: are for a page only the headers that pages need; the API gets all', () => {
    const sent = { accept: 'text/html', 'x-secret': 'x', 'next-action': '{"level":60}' }
    const page: Record<string, string> = { ...sent }
    trimRequest({ url: '/settings', headers: page })
    expect(page).toEqual({ accept: 'text/html' })
    const api: Record<string, string> = { ...sent }
    trimRequest({ url: '/api/webhooks/kie', headers: api })
    expect(api).toEqual(sent)
  })
})
