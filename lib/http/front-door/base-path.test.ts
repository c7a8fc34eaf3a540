import { once } from 'node:events'
import { type IncomingMessage, type Server, createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { newId } from '../../ids.ts'
import { sessionOf } from '../../people/session.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { useDataFolder } from '../test-visitor.ts'
import { frontDoor } from './front-door.ts'

useDataFolder()
withTestDatabase()

let server: Server
let port: number
/** The addresses that came through to Next. */
let passed: (string | undefined)[] = []

beforeAll(async () => {
  const next = frontDoor(
    (request, response) => {
      passed.push(request.url)
      response.setHeader('set-cookie', ['a=b; Max-Age=1; Path=/studio; HttpOnly'])
      response.end('a page')
    },
    { base: '/studio' },
  )
  server = createServer((request, response) => void next(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  passed = []
})

async function get(path: string) {
  const sent = ask({ port, host: '127.0.0.1', path }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode, head: response.headers, body: await text(response) }
}

describe('P2: below a base path', () => {
  test.each([
    ['/studio', '/studio'],
    ['/studio/', '/studio'],
    ['/studio?a=1', '/studio?a=1'],
    ['/', '/studio'],
    ['/?a=1', '/studio?a=1'],
    ['/chat', '/studio/chat'],
    ['/studio/chat', '/studio/chat'],
    ['/health', '/studio/health'],
    ['/studio/health', '/studio/health'],
    ['/api/models', '/studio/api/models'],
    ['/api/v1/models', '/studio/api/models'],
    ['/studio/api/v1/models?a=1', '/studio/api/models?a=1'],
    ['/_next/static/chunks/a.js', '/studio/_next/static/chunks/a.js'],
    ['/studio/_next/static/chunks/a.js', '/studio/_next/static/chunks/a.js'],
    ['/studiox', '/studio/studiox'],
    ['/STUDIO/chat', '/studio/STUDIO/chat'],
    ['/studio/studio/chat', '/studio/studio/chat'],
    // nginx: `location /studio` with `proxy_pass http://studio/`, and other slips of a slash.
    ['//chat', '/studio/chat'],
    ['//?a=1', '/studio?a=1'],
    ['//api/models', '/studio/api/models'],
    ['//_next/static/chunks/a.js', '/studio/_next/static/chunks/a.js'],
    ['//studio/chat', '/studio/chat'],
    ['/studio//chat', '/studio/chat'],
    ['////', '/studio'],
    ['/chat?next=//evil.example', '/studio/chat?next=//evil.example'],
  ])('%s goes to Next as %s, with the path or after a proxy took it off', async (path, address) => {
    expect((await get(path)).status).toBe(200)
    expect(passed).toEqual([address])
  })

  test.each(['/studio', ''])(
    'the front door answers its own addresses below "%s"',
    async (base) => {
      for (const path of [
        `/api/file/${newId('file')}`,
        `/api/v1/events/file.${newId('file')}`,
        `/api/media/${newId('file')}/video.mp4`,
        '/api/file/constructor',
        '//api/file/constructor',
        '/_next/image?url=a',
      ])
        expect((await get(base + path)).status).toBe(404)
      expect((await get(`${base}/chat?${'a&'.repeat(2_000)}`)).status).toBe(414)
      expect(passed).toEqual([])
    },
  )

  test('a cookie is for the path, and for the host where the path may have been taken off', async () => {
    const given = async (path: string) => (await get(path)).head['set-cookie']
    expect(await given('/studio/chat')).toEqual(['a=b; Max-Age=1; Path=/studio; HttpOnly'])
    expect(await given('/chat')).toEqual(['a=b; Max-Age=1; Path=/; HttpOnly'])
  })

  test.each([
    ['', '/'],
    ['/studio', '/studio'],
  ])('with BASE_PATH "%s" the session is for %s', async (base, path) => {
    const forget = () => ['env', 'auth'].forEach(forgetProcessWide)
    vi.stubEnv('BASE_PATH', base)
    forget()
    try {
      const { setCookies } = await sessionOf(new Request('http://localhost/'))
      expect(setCookies[0]).toContain(`; Path=${path};`)
    } finally {
      vi.unstubAllEnvs()
      forget()
    }
  })
})
