import { beforeEach, expect, test } from 'vitest'
import { formerSessionHeader, sessionHeader } from '../answer-headers.ts'
import { callApi } from './call-api.ts'
import { forgetPageSession } from './page-session.ts'

beforeEach(forgetPageSession)

/** A server whose answers have these headers; answers what each request said of its page. */
function aServer() {
  const told: (string | null)[] = []
  const server = { headers: {} as Record<string, string>, told, fetch: globalThis.fetch }
  server.fetch = async (_url, init) => {
    told.push(new Headers(init?.headers).get(sessionHeader))
    return new Response(null, { status: 204, headers: server.headers })
  }
  return server
}

test('what changes something says whose page it comes from; what only reads does not', async () => {
  const server = aServer()
  const ask = (method: string) =>
    callApi('/api/file', { method, headers: { a: 'b' } }, server.fetch)
  await ask('POST')
  server.headers = { [sessionHeader]: 'mine' }
  await callApi('/api/account', undefined, server.fetch)
  await ask('DELETE')
  // Another tab has switched: this page stays what it was.
  server.headers = { [sessionHeader]: 'other' }
  await ask('GET')
  await ask('POST')
  expect(server.told).toEqual([null, null, 'mine', null, 'mine'])
})

test('the page of a visitor that has signed in speaks for its account', async () => {
  const server = aServer()
  server.headers = { [sessionHeader]: 'visitor' }
  await callApi('/api/file', undefined, server.fetch)
  server.headers = { [sessionHeader]: 'account', [formerSessionHeader]: 'visitor' }
  await callApi('/api/file', undefined, server.fetch)
  await callApi('/api/file', { method: 'POST' }, server.fetch)
  expect(server.told).toEqual([null, null, 'account'])
})
