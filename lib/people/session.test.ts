import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { count } from 'drizzle-orm'
import { withTestDatabase } from '../../tests/support/test-database.ts'
import { user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { sessionOf } from './session.ts'

process.env.DATA_DIR = mkdtempSync(join(tmpdir(), 'photofinish-auth-'))
withTestDatabase()

function request(cookie?: string) {
  return new Request('http://localhost/api/models', { headers: cookie ? { cookie } : {} })
}

function cookieOf(setCookies: string[]) {
  return setCookies.map((line) => line.split(';')[0]).join('; ')
}

async function users() {
  const [row] = await database().select({ all: count() }).from(user)
  return row!.all
}

describe('a session', () => {
  test('is given to whoever has none, and known again by its cookie', async () => {
    const first = await sessionOf(request())
    expect(first.setCookies.join()).toMatch(/photofinish\.session_token=.*HttpOnly.*SameSite=Lax/)
    const again = await sessionOf(request(cookieOf(first.setCookies)))
    expect(again.userId).toBe(first.userId)
    expect(await users()).toBe(1)
  })

  test('of one browser is not another’s', async () => {
    const [a, b] = await Promise.all([sessionOf(request()), sessionOf(request())])
    expect(a.userId).not.toBe(b.userId)
  })

  test('cannot be made up: a forged or altered cookie makes a stranger', async () => {
    const { userId, setCookies } = await sessionOf(request())
    const altered = cookieOf(setCookies).replace(
      /=(.)/,
      (_all, first) => `=${first === 'a' ? 'b' : 'a'}`,
    )
    const stranger = await sessionOf(request(altered))
    expect(stranger.userId).not.toBe(userId)
    expect(stranger.setCookies.length).toBeGreaterThan(0)
    const forged = await sessionOf(request('photofinish.session_token=abc.def'))
    expect(forged.userId).not.toBe(userId)
  })

  test('is not given up because of other cookies beside it', async () => {
    const { userId, setCookies } = await sessionOf(request())
    const again = await sessionOf(request(`theme=dark; ${cookieOf(setCookies)}; other=1`))
    expect(again.userId).toBe(userId)
  })
})
