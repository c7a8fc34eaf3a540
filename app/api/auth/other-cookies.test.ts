import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { rateLimit, session } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { forgetProcessWide } from '#lib/process-wide'
import { knownSession, readSession, sessionOf } from '#lib/people/session'
import { GET as listSessions } from '../account/sessions/route.ts'
import { type Browser, aBrowser } from '../../../tests/support/people/a-browser.ts'
import { aPerson, askAuth, codeOf, signedIn } from '../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'

useDataFolder()
withTestDatabase()
beforeEach(async () => {
  await database().delete(rateLimit)
})

const former = 'photofinish.session_token'
const ownName = ({ jar }: Browser) => [...jar.keys()].find((one) => one.endsWith('session_token'))!
const valueOf = (browser: Browser) => browser.jar.get(ownName(browser))!

async function aVisitor() {
  const { userId, setCookies } = await sessionOf(new Request('http://localhost/'))
  return { userId, pair: setCookies[0]!.split(';')[0]! }
}

/** Who asks with these cookies, as another process sees it. */
async function whoIs(cookie: string) {
  forgetProcessWide('remembered sessions')
  return (await knownSession(new Request('http://localhost/', { headers: { cookie } })))?.userId
}

describe('a browser with sessions by several names', () => {
  test('signing out ends them all: the one of before is no way in for the next user', async () => {
    const [before, now] = [await aPerson(), await aPerson()]
    const old = valueOf(await signedIn(before))
    const browser = await signedIn(now)
    browser.jar.set(former, old)
    expect((await askAuth(browser, 'POST', 'sign-out')).status).toBe(200)
    expect(await whoIs(`${former}=${old}`)).toBeUndefined()
    for (const { id } of [before, now])
      expect(await database().$count(session, eq(session.userId, id))).toBe(0)
  })

  test('signing out also where the only session is by a name of before', async () => {
    const browser = await signedIn(await aPerson())
    const old = valueOf(browser)
    browser.jar.clear()
    browser.jar.set(former, old)
    expect((await askAuth(browser, 'POST', 'sign-out')).status).toBe(200)
    expect(await whoIs(`${former}=${old}`)).toBeUndefined()
  })

  test('signing out ends no session of a browser that did not ask', async () => {
    const person = await aPerson()
    const [one, other] = [await signedIn(person), await signedIn(person)]
    await askAuth(one, 'POST', 'sign-out')
    expect(await whoIs(`${former}=${valueOf(other)}`)).toBe(person.id)
  })

  test('its account’s endpoints know it by a name of before', async () => {
    const person = await aPerson()
    const browser = await signedIn(person)
    const old = valueOf(browser)
    browser.jar.clear()
    browser.jar.set(former, old)
    const list = await askAuth(browser, 'GET', 'list-sessions')
    expect(await list.json()).toMatchObject([{ userId: person.id }])
    const seen = await browser.send(listSessions, 'GET', '/api/account/sessions')
    expect(await seen.json()).toMatchObject({ sessions: [{ isCurrent: true }] })
  })
})

describe('attack: a visitor’s session that another site of the host has put before the account’s', () => {
  test('does not take its place', async () => {
    const person = await aPerson()
    const browser = await signedIn(person)
    const { pair } = await aVisitor()
    const cookie = `${pair}; ${ownName(browser)}=${valueOf(browser)}`
    expect(await whoIs(cookie)).toBe(person.id)
    forgetProcessWide('remembered sessions')
    const reader = await readSession(new Request('http://localhost/', { headers: { cookie } }))
    expect(reader?.userId).toBe(person.id)
  })

  test('does not keep the account from its own endpoints', async () => {
    const person = await aPerson()
    const browser = await signedIn(person)
    const { pair } = await aVisitor()
    const cookie = `${pair}; ${ownName(browser)}=${valueOf(browser)}`
    const wrong = { currentPassword: 'not this one at all', newPassword: 'another password' }
    const asked = (request: Request) => {
      const headers = new Headers(request.headers)
      headers.set('cookie', cookie)
      return new Request(request, { headers })
    }
    const { answerAuth } = await import('#lib/http/answer-auth')
    const answer = await aBrowser().send(
      (request) => answerAuth(asked(request), ['change-password']),
      'POST',
      '/api/auth/change-password',
      { body: wrong },
    )
    expect(await codeOf(answer)).toBe('wrong_password')
  })

  test('a visitor is still one where no account is', async () => {
    const { userId, pair } = await aVisitor()
    expect(await whoIs(`${former}=no.session; ${pair}`)).toBe(userId)
  })
})
