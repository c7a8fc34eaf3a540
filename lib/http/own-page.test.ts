import { inEnglish } from '#lib/messages/translate'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { forgetProcessWide } from '../process-wide.ts'
import { assertOwnPage } from './own-page.ts'

const set = { ALLOWED_HOSTS: ['studio.lan', '[fd00::7]', '192.168.1.7'] }
const withUrl = { PUBLIC_URL: 'https://video.example:8443', ALLOWED_HOSTS: [] }
const none = { ALLOWED_HOSTS: [] }
type Known = Parameters<typeof assertOwnPage>[1]

function refusal(given: Record<string, string>, known: Known) {
  const request = {
    method: 'POST',
    url: 'http://127.0.0.1:3000/api/file',
    headers: new Headers(given),
  }
  try {
    assertOwnPage(request, known)
    return undefined
  } catch (error) {
    return error as AppError
  }
}

function saidOf(given: Record<string, string>, known: Known) {
  return inEnglish(refusal(given, known)?.userMessage ?? '')
}

afterEach(() => {
  vi.restoreAllMocks()
  forgetProcessWide('unknown-addresses-told')
})

// As nginx asks with `proxy_pass` alone.
const host = '127.0.0.1:3000'

describe('P1: a proxy that does not pass Host on', () => {
  test.each<[Record<string, string>, Known]>([
    [{ host, origin: 'http://studio.lan' }, set],
    [{ host, origin: 'https://studio.lan' }, set],
    [{ host, origin: 'http://studio.lan:8080' }, set],
    [{ host, origin: 'http://studio.lan.' }, set],
    [{ host, origin: 'HTTP://Studio.LAN' }, set],
    [{ host, origin: 'http://[fd00::7]' }, set],
    [{ host, origin: 'http://[fd00:0::7]:8080' }, set],
    [{ host, origin: 'http://192.168.1.7' }, set],
    [{ host: 'backend', origin: 'http://studio.lan' }, set],
    [{ host: 'backend:3000', origin: 'https://studio.lan', 'sec-fetch-site': 'same-origin' }, set],
    [{ host, origin: 'https://video.example:8443' }, withUrl],
    [{ host, origin: 'https://video.example.:8443' }, withUrl],
    // The proxy's `$host` has no port.
    [{ host: 'video.example', origin: 'https://video.example:8443' }, withUrl],
    [
      { host, origin: 'https://video.example' },
      { ...none, PUBLIC_URL: 'https://video.example:443' },
    ],
    [
      { host, origin: 'https://video.example' },
      { ...none, PUBLIC_URL: 'https://VIDEO.example/studio' },
    ],
    // A browser that says more: the page's own request.
    [{ host, origin: 'https://unknown.example', 'sec-fetch-site': 'same-origin' }, none],
  ])('our own page is answered: %j', (headers, known) => {
    expect(refusal(headers, known)).toBeUndefined()
  })

  test.each<[Record<string, string>, Known]>([
    [{ host, origin: 'http://evil.example' }, set],
    [{ host, origin: 'http://studio.lan.evil.example' }, set],
    [{ host, origin: 'http://evil-studio.lan' }, set],
    [{ host, origin: 'http://x@evil.example' }, set],
    [{ host, origin: 'null' }, set],
    [{ host, origin: '' }, set],
    [{ host, origin: 'file://' }, set],
    [{ host, origin: 'http://127.0.0.1:8080' }, set],
    [{ host, origin: 'http://localhost:3000' }, set],
    [{ host, origin: 'https://video.example' }, withUrl],
    [{ host, origin: 'https://video.example:8444' }, withUrl],
    // Passed on: then the port tells another site on the same host.
    [{ host: 'studio.lan:3000', origin: 'http://studio.lan:8080' }, set],
    // The browser knows better than any list.
    [{ host, origin: 'http://studio.lan', 'sec-fetch-site': 'cross-site' }, set],
    [{ host, origin: 'http://studio.lan', 'sec-fetch-site': 'same-site' }, set],
    // What a page or a program says of the way here counts for nothing without TRUST_PROXY.
    [{ host, origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' }, set],
    [{ host, origin: 'http://evil.example', forwarded: 'host=evil.example' }, set],
  ])('another site is refused: %j', (headers, known) => {
    expect(refusal(headers, known)?.code).toBe('cross_site_request')
  })

  test.each([
    [{ host: 'evil.example', origin: 'http://evil.example' }],
    [{ host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }],
    [{ host: 'backend' }],
  ])('a name that is not ours is refused: %j', (headers) => {
    expect(refusal(headers, set)?.code).toBe('host_not_allowed')
  })

  test('the refusal names the ways out', () => {
    const page = { host: 'backend', origin: 'http://studio.lan:81' }
    for (const more of [{ host }, {}, { 'sec-fetch-site': 'same-origin' }] as Record<
      string,
      string
    >[]) {
      const words = saidOf({ ...page, ...more }, none)
      expect(words).toMatch(/pass the Host header, set PUBLIC_URL to http:\/\/studio\.lan:81,/)
      expect(words).toMatch(/add studio\.lan to ALLOWED_HOSTS/)
    }
    const other = saidOf({ host, origin: 'http://studio.lan' }, withUrl)
    expect(other).toContain('PUBLIC_URL to http://studio.lan (now https://video.example:8443)')
    const foreign = { host: 'backend', origin: 'http://evil.lan', 'sec-fetch-site': 'cross-site' }
    expect(saidOf(foreign, none)).not.toContain('evil')
    expect(saidOf({ host, 'sec-fetch-site': 'cross-site' }, none)).not.toContain('PUBLIC_URL')
  })

  test.each([
    ['studio.lan', 'http://studio.lan:8080', set],
    ['studio.lan', 'http://studio.lan:8080', none],
    ['192.168.1.9', 'http://192.168.1.9:8080', none],
    ['[fd00::9]', 'http://[fd00::9]:8080', none],
    ['studio.lan:3000', 'http://studio.lan', set],
  ])('P1: Host %s of a page at %s: no way out is named that is none', (asked, origin, known) => {
    const warn = vi.spyOn(log(), 'warn').mockReturnValue()
    const words = inEnglish(refusal({ host: asked, origin }, known)!.userMessage)
    expect(words).toContain('pass the whole Host header ($http_host in nginx, not $host)')
    expect(words).toContain(`or set PUBLIC_URL to ${origin}`)
    expect(String(warn.mock.calls[0]?.[1])).toMatch(/with its port .*or set PUBLIC_URL/)
    expect(words).not.toContain('ALLOWED_HOSTS')
    expect(refusal({ host: asked, origin }, { ...known, PUBLIC_URL: origin })).toBeUndefined()
  })

  test('the log says it once an address, and of so many addresses only', () => {
    const warn = vi.spyOn(log(), 'warn').mockReturnValue()
    for (let index = 0; index < 3; index++) refusal({ host, origin: 'http://studio.lan' }, none)
    expect(warn).toHaveBeenCalledTimes(1)
    expect(String(warn.mock.calls[0]?.[1])).toMatch(/pass the Host header on, set PUBLIC_URL/)
    for (let index = 0; index < 100; index++)
      refusal({ host, origin: `http://evil${index}.lan` }, none)
    expect(warn).toHaveBeenCalledTimes(20)
  })
})

describe('P1: a proxy that is trusted', () => {
  const known = { ...set, TRUST_PROXY: 1 }

  test.each<[Record<string, string>, Known]>([
    [{ host: 'backend', 'x-forwarded-host': 'studio.lan', origin: 'http://studio.lan' }, known],
    [
      { host: 'backend', 'x-forwarded-host': 'studio.lan:8080', origin: 'http://studio.lan:8080' },
      known,
    ],
    [{ host, 'x-forwarded-host': 'evil.example, studio.lan' }, known],
    [
      { host, 'x-forwarded-host': 'studio.lan, inner' },
      { ...known, TRUST_PROXY: 2 },
    ],
    [
      { host, 'x-forwarded-host': 'studio.lan' },
      { ...known, TRUST_PROXY: 3 },
    ],
    [{ host: 'studio.lan', 'x-forwarded-host': '' }, known],
  ])('says under which name it was asked: %j', (headers, trusted) => {
    expect(refusal(headers, trusted)).toBeUndefined()
  })

  test.each<[Record<string, string>, string]>([
    [
      { host, 'x-forwarded-host': 'studio.lan', origin: 'http://evil.example' },
      'cross_site_request',
    ],
    [
      { host, 'x-forwarded-host': 'evil.example', origin: 'http://evil.example' },
      'host_not_allowed',
    ],
    [{ host, 'x-forwarded-host': 'studio.lan, evil.example' }, 'host_not_allowed'],
  ])('and a foreign page stays foreign: %j', (headers, code) => {
    expect(refusal(headers, known)?.code).toBe(code)
  })
})
