import { beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '#lib/contract/people/caller'
import { anAccount } from '../../../tests/support/people/an-account.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { newId } from '../../ids.ts'
import { createKey, revokeKey } from '../../people/keys/keys.ts'
import { aVisitor, useDataFolder } from '../test-visitor.ts'
import { withFrontDoor } from './test-front-door.ts'

useDataFolder()
withTestDatabase()

const { handed, send } = withFrontDoor()
let anna: Caller
let key: string
let keyId: string

beforeEach(async () => {
  anna = await anAccount()
  ;({
    key,
    view: { id: keyId },
  } = await createKey(anna, { name: 'k', scopes: ['read', 'generate'] }))
})

const bearer = (token = key, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${token}`,
  ...more,
})

describe('a request with a key', () => {
  test('is answered without a cookie, and gets none', async () => {
    const read = await send('GET', '/api/file', bearer())
    expect(read).toMatchObject({ status: 200, body: '{"files":[],"nextCursor":null}' })
    expect((await send('POST', '/api/generate/video', bearer())).status).toBe(200)
    expect(read.head).not.toHaveProperty('set-cookie')
  })

  test('is the key’s alone: the cookies that come with it are not even seen', async () => {
    const cookie = (await aVisitor()).request('/').headers.get('cookie')!
    await send('POST', '/api/generate/video', bearer(key, { cookie: `${cookie}; locale=ru` }))
    expect(handed()[0]!.headers).not.toHaveProperty('cookie')
    const wrong = await send('GET', '/api/file', bearer('pf_wrong', { cookie }))
    expect(wrong.status).toBe(401)
    await send('POST', '/api/generate/video', { cookie })
    expect(handed()[1]!.headers.cookie).toBe(cookie)
  })

  test('may come from anywhere and by any name, and opens no other site the answer', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    const answer = await send('DELETE', '/api/file', bearer(key, { ...foreign, host: 'studio' }))
    expect(answer.status).toBe(200)
    const preflight = await send('OPTIONS', '/api/file', {
      ...foreign,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    })
    for (const { head } of [answer, preflight])
      expect(Object.keys(head).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(answer.head).toMatchObject({ 'cross-origin-resource-policy': 'same-origin' })
  })

  test('is refused where the key lacks the scope, whatever answers the route', async () => {
    const reader = (await createKey(anna, { name: 'r', scopes: ['read'] })).key
    for (const [method, path] of [
      ['POST', '/api/generate/video'],
      ['POST', '/api/image'],
      ['POST', '/api/estimate'],
      ['POST', '/api/chat'],
      ['DELETE', '/api/file'],
      ['POST', `/api/file/${newId('file')}/cancel`],
      ['POST', '/api/keys'],
      ['GET', '/api/keys'],
      ['GET', '/api/admin/people'],
      ['POST', '/api/auth/sign-out'],
      ['GET', '/api/unknown'],
    ] as const) {
      const answer = await send(method, path, bearer(reader))
      expect([path, answer.status]).toEqual([path, 403])
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'forbidden' })
    }
    expect(handed()).toEqual([])
  })
})

describe('a key that is not valid', () => {
  const without = ({ status, head, body }: Awaited<ReturnType<typeof send>>) => {
    const { 'x-server-time': _time, date: _date, ratelimit: _left, ...headers } = head
    const { traceId: _trace, ...problem } = JSON.parse(body) as Record<string, unknown>
    return { status, headers, problem }
  }

  test('is refused with 401, the same for unknown and revoked ones', async () => {
    await revokeKey(anna, keyId)
    const revoked = await send('GET', '/api/file', bearer())
    const unknown = await send('GET', '/api/file', bearer(`pf_${'z'.repeat(40)}`))
    const misshapen = await send('GET', '/api/file', { authorization: key })
    expect(revoked).toMatchObject({ status: 401, head: { 'www-authenticate': 'Bearer' } })
    expect(without(unknown)).toEqual(without(revoked))
    expect(without(misshapen)).toEqual(without(revoked))
    expect(without(revoked).problem).toMatchObject({ code: 'key_invalid', retryable: false })
  })

  test.each([
    ['of other letters', 'pf_\u00e9\u00fc'],
    ['of 4,000 letters', `pf_${'x'.repeat(4_000)}`],
    ['of SQL', "pf_'or/**/1=1--"],
    ['of an encoded line break', 'pf_%0d%0aX:1'],
    ['of nothing', 'pf_'],
  ])('%s is refused as any other', async (_what, given) => {
    const answer = await send('GET', '/api/file', bearer(given))
    expect(answer.status).toBe(401)
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'key_invalid' })
  })

  test('of 5,000 letters is refused before it is looked up', async () => {
    const answer = await send('GET', '/api/file', bearer(`pf_${'x'.repeat(5_000)}`))
    expect(answer.status).toBe(431)
  })

  test.each(['/api/models', '/api/file', '/api/generate/video', '/api/keys', '/api/unknown'])(
    'is refused at %s by all methods',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE'])
        expect((await send(method, path, bearer('pf_wrong'))).status).toBe(401)
      expect(handed()).toEqual([])
    },
  )

  test('is not looked for by pages, metrics and webhooks', async () => {
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/api/metrics'],
      ['POST', '/api/webhooks/kie'],
    ] as const)
      expect((await send(method, path, bearer('pf_wrong'))).status).toBe(200)
  })

  test('is of no use from the request after its revocation', async () => {
    for (let round = 0; round < 3; round++)
      expect((await send('GET', '/api/file', bearer())).status).toBe(200)
    await revokeKey(anna, keyId)
    expect((await send('GET', '/api/file', bearer())).status).toBe(401)
    expect((await send('POST', '/api/generate/video', bearer())).status).toBe(401)
  })
})

describe('limits', () => {
  test('count a key as an account of its own', async () => {
    const other = (await createKey(anna, { name: 'o', scopes: ['generate'] })).key
    const statuses = async (token: string) => {
      for (let index = 0; index < 200; index++)
        if ((await send('POST', '/api/generate/video', bearer(token))).status === 429) return index
      return Infinity
    }
    expect(await statuses(key)).toBeLessThan(120)
    expect((await send('POST', '/api/generate/video', bearer(other))).status).toBe(200)
    const { head } = await send('POST', '/api/generate/video', bearer(other))
    expect(head).toMatchObject({ ratelimit: expect.stringContaining('"start"') })
  })

  test('end the guessing of an address, and not the work of keys that are in use there', async () => {
    expect((await send('GET', '/api/file', bearer())).status).toBe(200)
    const fresh = (await createKey(anna, { name: 'f', scopes: ['read'] })).key
    let refused: Awaited<ReturnType<typeof send>> | undefined
    for (let index = 0; index < 200 && refused === undefined; index++) {
      const guess = `pf_${String(index).padStart(40, '0')}`
      const answer = await send('GET', '/api/file', bearer(guess))
      if (answer.status === 429) refused = answer
      else expect(answer.status).toBe(401)
    }
    expect(JSON.parse(refused!.body)).toMatchObject({ code: 'rate_limited' })
    expect(Number(refused!.head['retry-after'])).toBeGreaterThan(0)
    expect(refused!.head).toMatchObject({
      'ratelimit-policy': '"unknown-key";q=60;w=120',
      ratelimit: expect.stringMatching(/^"unknown-key";r=0;t=\d+$/),
    })
    // One that is right is not found out either.
    expect((await send('GET', '/api/file', bearer(fresh))).status).toBe(429)
    expect((await send('GET', '/api/file', bearer())).status).toBe(200)
    expect((await send('GET', '/api/file')).status).toBe(200)
  })
})

describe('a key where it does not belong', () => {
  test.each([
    (it: string) => `/api/file?key=${it}`,
    (it: string) => `/api/file?api_key=${it}`,
    (it: string) => `/api/file?access_token=Bearer%20${it}`,
    (it: string) => `/api/file?a=1&b=x${it}y`,
    (it: string) => `/api/file?${it}`,
    (it: string) => `/api/file?a=${it.replace('pf_', '%70%66_')}`,
    (it: string) => `/api/file/${it}`,
    (it: string) => `/?token=${it}`,
    () => '/api/file?token=pf_cutoff',
  ])('in an address (%#) is refused, with what to do', async (path) => {
    for (const headers of [{}, bearer()]) {
      const answer = await send('GET', path(key), headers)
      expect(answer.status).toBe(400)
      expect(JSON.parse(answer.body)).toMatchObject({
        code: 'key_misplaced',
        detail: expect.stringMatching(/Authorization: Bearer.*revoke/),
      })
      expect(answer.body).not.toContain(key)
    }
    expect(handed()).toEqual([])
  })

  test('in a cookie or another header is nothing', async () => {
    const { status, body } = await send('GET', '/api/file', {
      cookie: `key=${key}; photofinish.session_token=${key}`,
      'x-api-key': key,
      'x-authorization': `Bearer ${key}`,
    })
    expect({ status, body }).toMatchObject({ status: 200 })
    expect((await send('POST', '/api/generate/video', { cookie: `api_key=${key}` })).status).toBe(
      200,
    )
    expect(handed()[0]!.headers).not.toHaveProperty('cookie')
  })

  test('a search for a word like one is a search', async () => {
    expect((await send('GET', '/api/chat?search=pf_shot_12')).status).toBe(200)
    expect((await send('GET', '/tools/video-generator?prompt=pf_key')).status).toBe(200)
    expect((await send('POST', '/api/webhooks/kie?token=token_1')).status).toBe(200)
  })
})
