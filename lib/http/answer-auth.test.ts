import { describe, expect, test } from 'vitest'
import { withTestDatabase } from '../../tests/support/database/test-database.ts'
import { answerAuth } from './answer-auth.ts'
import { useDataFolder } from './test-visitor.ts'

useDataFolder()
withTestDatabase()

function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const type = body === undefined ? undefined : { 'content-type': 'application/json' }
  const request = new Request(`http://localhost/api/auth/${path}`, {
    method,
    headers: { ...type, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return answerAuth(request, path.split('?')[0]!.split('/'))
}

describe('the endpoints below /api/auth', () => {
  test.each([
    ['POST', 'sign-in/anonymous'],
    ['POST', 'sign-up/email'],
    ['POST', 'admin/set-role'],
    ['POST', 'admin/impersonate-user'],
    ['POST', 'organization/create'],
    ['POST', 'api-key/create'],
    ['GET', 'get-session'],
    ['POST', 'delete-user'],
    ['POST', 'change-email'],
    ['POST', 'unlink-account'],
    ['GET', 'ok'],
    ['GET', 'sign-in/email'],
    ['POST', 'sign-in/email/'],
    ['GET', '../auth/sign-in/email'],
  ])('%s %s is not there', async (method, path) => {
    const answer = await ask(method, path, method === 'POST' ? {} : undefined)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not_found' })
  })

  test('a sign-in with a wrong password is refused in the words of the product', async () => {
    const answer = await ask('POST', 'sign-in/email', { email: 'a@b.example', password: 'wrong' })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'sign_in_failed' })
    expect(answer.headers.getSetCookie()).toEqual([])
  })

  test('another site cannot sign anyone in', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
    const answer = await ask('POST', 'sign-in/email', { email: 'a@b.example' }, foreign)
    expect(await answer.json()).toMatchObject({ code: 'cross_site_request' })
  })
})
