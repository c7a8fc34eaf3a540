import { beforeAll, describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { assertOwnHost } from './own-page.ts'
import { aVisitor, useDataFolder } from './test-visitor.ts'
import { withSession } from './with-session.ts'

useDataFolder()
process.env.ALLOWED_HOSTS = 'studio.lan'
withTestDatabase()

let anna: Awaited<ReturnType<typeof aVisitor>>
beforeAll(async () => {
  anna = await aVisitor()
})

const answer = withSession(async () => new Response('done'))
const send = (method: string, headers: Record<string, string>) =>
  answer(anna.request('/api/file', { method, headers }))

describe('a request that changes something', () => {
  test.each([
    'localhost:3000',
    'studio.localhost',
    '127.0.0.1:3000',
    '[::1]:3000',
    '192.168.1.7:3000',
    'studio.lan',
    'STUDIO.lan.:80',
  ])('is answered at %s', async (host) => {
    expect((await send('POST', { host, 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  })

  test.each([
    'evil.example',
    'evil.example:3000',
    'localhost.evil.example',
    'studio.lan.evil',
    '?',
  ])('is refused at %s, also where the browser takes it for our own page', async (host) => {
    const response = await send('POST', { host, 'sec-fetch-site': 'same-origin' })
    expect(response.status).toBe(403)
    expect((await response.json()).code).toBe('host_not_allowed')
  })

  test('is refused where it comes from another site', async () => {
    const response = await send('POST', { host: 'localhost', 'sec-fetch-site': 'cross-site' })
    expect((await response.json()).code).toBe('cross_site_request')
  })
})

test('a request that only looks is answered by any name', async () => {
  expect((await send('GET', { host: 'evil.example' })).status).toBe(200)
})

test('the refusal says which variable to set', () => {
  const asked = (PUBLIC_URL: string | undefined) => () =>
    assertOwnHost(anna.request('/', { headers: { host: 'video.example' } }), {
      PUBLIC_URL,
      ALLOWED_HOSTS: [],
    })
  expect(asked(undefined)).toThrow(/“video.example”.* set PUBLIC_URL .* ALLOWED_HOSTS/)
  expect(asked('https://other.example')).toThrow(/can add it to ALLOWED_HOSTS/)
  expect(asked('https://video.example:8443')).not.toThrow()
})
