import { describe, expect, test } from 'vitest'
import { keyOfRequest } from './bearer.ts'

const key = `pf_${'a1'.repeat(20)}`
const session = 'photofinish-0a1b2c3d.session_token=a.b'

const keyIn = (authorization: string, more: Record<string, string> = {}) =>
  keyOfRequest({ headers: new Headers({ authorization, ...more }) })

describe('the key of a request', () => {
  test.each([`Bearer ${key}`, `bearer ${key}`, `BEARER   ${key}`, ` Bearer ${key} `])(
    'is in its header: %j',
    (header) => {
      expect(keyIn(header)).toBe(key)
      expect(keyIn(header, { cookie: session, 'sec-fetch-site': 'cross-site' })).toBe(key)
    },
  )

  test.each([key, `Basic ${key}`, `Token ${key}`, `Bearer: ${key}`, `Bearer ${key} ${key}`])(
    'is wrong, and not absent, where the header has another form: %j',
    (header) => {
      expect(keyIn(header)).toBe('')
    },
  )

  test('is wrong where a program sends another token', () => {
    expect(keyIn('Bearer sk-proj-123')).toBe('sk-proj-123')
    expect(keyIn('Bearer pf_short')).toBe('pf_short')
  })

  test('is none where a proxy with a sign-in of its own adds a token', () => {
    expect(keyIn('Bearer eyJhbGciOi.eyJzdWIiOi.c2ln')).toBeUndefined()
    expect(keyIn('Bearer opaque', { cookie: session })).toBeUndefined()
    expect(keyIn('Bearer opaque', { 'sec-fetch-site': 'none' })).toBeUndefined()
    expect(keyIn('Basic dXNlcjpwYXNz')).toBeUndefined()
  })

  test('is nowhere else', () => {
    const headers = { 'x-api-key': key, cookie: `key=${key}`, 'proxy-authorization': key }
    expect(keyOfRequest({ headers: new Headers(headers) })).toBeUndefined()
  })
})
