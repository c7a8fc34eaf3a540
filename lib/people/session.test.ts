import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { count, eq } from 'drizzle-orm'
import { manyConnections, withTestDatabase } from '../../tests/support/database/test-database.ts'
import { session, user } from '../db/auth-schema.ts'
import { database } from '../db/client.ts'
import { installationId } from './kept-secret.ts'
import { knownSession, readSession, sessionOf } from './session.ts'

process.env.DATA_DIR = mkdtempSync(join(tmpdir(), 'photofinish-auth-'))
withTestDatabase(manyConnections)

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
  test('is given to a browser that has none, and known again by its cookie', async () => {
    const first = await sessionOf(request())
    expect(first.setCookies.join()).toMatch(
      /photofinish-[0-9a-f]{8}\.session_token=.*HttpOnly.*SameSite=Lax/,
    )
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

  test('is not given up because of other cookies', async () => {
    const { userId, setCookies } = await sessionOf(request())
    const again = await sessionOf(request(`theme=dark; ${cookieOf(setCookies)}; other=1`))
    expect(again.userId).toBe(userId)
  })
})

describe('F1: installations on one host name', () => {
  const renamed = (setCookies: string[], name: string) =>
    cookieOf(setCookies).replace(/^[^=]+/, name)
  const nameOf = (setCookies: string[]) => cookieOf(setCookies).split('=')[0]!

  test('do not use the same cookie, and this one keeps its name', async () => {
    const [a, b] = [await sessionOf(request()), await sessionOf(request())]
    expect(nameOf(a.setCookies)).toBe(nameOf(b.setCookies))
    const { DATA_DIR } = process.env
    expect(nameOf(a.setCookies)).toContain(readFileSync(join(DATA_DIR!, 'installation-id'), 'utf8'))
  })

  test('the cookie of before is known, and carried over by a page or a write', async () => {
    const { userId, setCookies } = await sessionOf(request())
    const old = renamed(setCookies, 'photofinish.session_token')
    expect(await readSession(request(old))).toMatchObject({ userId: userId })
    for (const give of [knownSession, sessionOf]) {
      const session = (await give(request(old)))!
      expect(session).toMatchObject({ userId, isNew: false })
      expect(cookieOf(session.setCookies)).toBe(cookieOf(setCookies))
      expect(session.setCookies.join()).toMatch(/Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax/)
    }
  })

  test('cookies of another installation change nothing', async () => {
    const { userId, setCookies } = await sessionOf(request())
    const theirs = 'photofinish.session_token=abc.def; photofinish-01234567.session_token=x.y'
    for (const both of [
      `${theirs}; ${cookieOf(setCookies)}`,
      `${cookieOf(setCookies)}; ${theirs}`,
    ]) {
      expect(await readSession(request(both))).toMatchObject({ userId: userId })
      expect(await knownSession(request(both))).toMatchObject({ userId, setCookies: [] })
    }
    const first = await sessionOf(request(theirs))
    expect(first.isNew).toBe(true)
    expect(nameOf(first.setCookies)).toBe(nameOf(setCookies))
  })

  test('a cookie that cannot be read is replaced by a write only', async () => {
    const { setCookies } = await sessionOf(request())
    const unreadable = `${nameOf(setCookies)}=abc.def`
    const before = await users()
    expect(await readSession(request(unreadable))).toBeUndefined()
    expect(await knownSession(request(unreadable))).toBeUndefined()
    expect(await users()).toBe(before)
    expect((await sessionOf(request(unreadable))).isNew).toBe(true)
  })
})

test('S4, S9: looking makes no account, and neither does a page', async () => {
  const before = await users()
  expect(await knownSession(request())).toBeUndefined()
  expect(await readSession(request())).toBeUndefined()
  expect(await readSession(request('a=1; b=2'))).toBeUndefined()
  expect(await users()).toBe(before)
})

test('S9: of a User-Agent of 15 KB, 255 letters are kept', async () => {
  const headers = { 'user-agent': 'x'.repeat(15_000), 'x-forwarded-for': 'y'.repeat(4_000) }
  const { userId } = await sessionOf(new Request('http://localhost/', { headers }))
  const [kept] = await database().select().from(session).where(eq(session.userId, userId))
  expect(kept!.userAgent).toBe('x'.repeat(255))
  expect((kept!.ipAddress ?? '').length).toBeLessThanOrEqual(255)
})

test('F1: our cookie is found behind those of many other installations', async () => {
  const { userId, setCookies } = await sessionOf(request())
  const others = Array.from(
    { length: 20 },
    (_, index) => `photofinish-${String(index).padStart(8, '0')}.session_token=abc.def`,
  )
  const cookie = [...others, cookieOf(setCookies)].join('; ')
  expect(await readSession(request(cookie))).toMatchObject({ userId: userId })
  expect(await sessionOf(request(cookie))).toMatchObject({ userId, isNew: false })
})

test.each(['', '0123', '0123abcd\n', 'not of ours'])(
  'F1: an id that reads %j is made again, and names a cookie that is known',
  async (content) => {
    const path = join(process.env.DATA_DIR!, 'installation-id')
    const before = readFileSync(path, 'utf8')
    writeFileSync(path, content)
    expect(installationId()).toMatch(/^[0-9a-f]{8}$/)
    expect(readFileSync(path, 'utf8')).toBe(installationId())
    expect(readdirSync(process.env.DATA_DIR!).toSorted()).toEqual([
      'auth-secret',
      'installation-id',
    ])
    writeFileSync(path, before)
  },
)

test('F1: a session of age is extended by a page and by no read', async () => {
  const { userId, setCookies } = await sessionOf(request())
  const aged = new Date(Date.now() + 300 * 24 * 60 * 60 * 1000)
  await database().update(session).set({ expiresAt: aged }).where(eq(session.userId, userId))
  const cookie = cookieOf(setCookies)
  expect(await readSession(request(cookie))).toMatchObject({ userId: userId })
  const [untouched] = await database().select().from(session).where(eq(session.userId, userId))
  expect(untouched!.expiresAt).toEqual(aged)
  const page = (await knownSession(request(cookie)))!
  expect(cookieOf(page.setCookies)).toBe(cookie)
})
