import { describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { useDataFolder } from '../test-visitor.ts'
import { withFrontDoor } from './test-front-door.ts'

useDataFolder()
withTestDatabase()
const door = withFrontDoor()

async function problemAt(method: string, path: string) {
  const { status, head, body } = await door.send(method, path)
  expect(head['content-type']).toBe('application/problem+json')
  expect(door.handed()).toEqual([])
  const { code, detail } = JSON.parse(body) as { code: string; detail: string }
  return { status, allow: head.allow, code, detail }
}

describe('an address that no route of the API is at', () => {
  test.each([
    ['GET', '/api/nothing'],
    ['POST', '/api/nothing'],
    ['GET', '/api'],
    ['GET', '/api/v1/nothing'],
    // Not meant for programs: it has no version.
    ['GET', '/api/v1/keys'],
    ['GET', '/api/canvas/x/y/z'],
    ['DELETE', '/api/admin/nothing'],
    ['OPTIONS', '/api/nothing'],
  ])('is answered as a program reads it: %s %s', async (method, path) => {
    expect(await problemAt(method, path)).toMatchObject({
      status: 404,
      code: 'not_found',
      detail:
        'The API has nothing at this address. The reference at /docs/api lists what there is.',
    })
  })
})

describe('a method that a route has not', () => {
  test.each([
    ['POST', '/api/account', 'GET, HEAD, OPTIONS'],
    ['PUT', '/api/file/file_000000000000000000000000', 'GET, DELETE, HEAD, OPTIONS'],
    ['GET', '/api/v1/generate/video', 'POST, OPTIONS'],
    ['HEAD', '/api/setup', 'POST, OPTIONS'],
    ['POST', '/api/v1/events/user', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/api/admin/codes', 'GET, POST, HEAD, OPTIONS'],
    ['PUT', '/health', 'GET, HEAD, OPTIONS'],
  ])('is refused with those it has: %s %s', async (method, path, allow) => {
    if (method === 'HEAD') {
      const { status, head } = await door.send(method, path)
      return expect([status, head.allow]).toEqual([405, allow])
    }
    const { detail, ...answer } = await problemAt(method, path)
    expect(answer).toEqual({ status: 405, allow, code: 'method_not_allowed' })
    expect(detail).toBe(`${method} isn’t supported at this address. Use one of: ${allow}.`)
  })
})

test.each([
  ['GET', '/api/account'],
  ['GET', '/api/account/'],
  ['OPTIONS', '/api/account'],
  ['GET', '/api/auth/get-session'],
  ['POST', '/api/admin/people/x/ban'],
  ['GET', '/health'],
  ['POST', '/settings'],
  ['GET', '/apiary'],
])('what there is goes on: %s %s', async (method, path) => {
  expect((await door.send(method, path)).body).toBe('{}')
})
