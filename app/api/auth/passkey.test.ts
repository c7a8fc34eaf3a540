import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { passkey, rateLimit, session, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { type Browser, aBrowser } from '../../../tests/support/people/a-browser.ts'
import { anAuthenticator } from '../../../tests/support/people/authenticator.ts'
import { aPerson, askAuth, codeOf, signedIn } from '../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'

useDataFolder()
withTestDatabase()
beforeEach(async () => {
  await database().delete(rateLimit)
})

type Authenticator = ReturnType<typeof anAuthenticator>

async function optionsFor(browser: Browser, what: 'register' | 'authenticate') {
  const answer = await askAuth(browser, 'GET', `passkey/generate-${what}-options`)
  return (await answer.json()) as { challenge: string; rp: { id: string } }
}
async function register(browser: Browser, authenticator: Authenticator) {
  const response = authenticator.create(await optionsFor(browser, 'register'))
  return askAuth(browser, 'POST', 'passkey/verify-registration', { response, name: 'Laptop' })
}
async function signIn(browser: Browser, authenticator: Authenticator) {
  const response = authenticator.get(await optionsFor(browser, 'authenticate'))
  return askAuth(browser, 'POST', 'passkey/verify-authentication', { response })
}
const hasSession = ({ jar }: Browser) =>
  [...jar.keys()].some((name) => name.endsWith('session_token'))

async function withPasskey() {
  const person = await aPerson()
  const browser = await signedIn(person)
  const authenticator = anAuthenticator()
  expect((await register(browser, authenticator)).status).toBe(200)
  return { person, browser, authenticator }
}

describe('a passkey', () => {
  test('is made by an account, and signs in to it', async () => {
    const { person, authenticator } = await withPasskey()
    const browser = aBrowser()
    expect((await signIn(browser, authenticator)).status).toBe(200)
    expect(hasSession(browser)).toBe(true)
    expect(await database().$count(session, eq(session.userId, person.id))).toBe(2)
  })

  test('is listed and removed by its account alone', async () => {
    const { browser, authenticator } = await withPasskey()
    const listed = await askAuth(browser, 'GET', 'passkey/list-user-passkeys')
    const [{ id }] = (await listed.json()) as [{ id: string }]
    const stranger = await signedIn(await aPerson())
    await askAuth(stranger, 'POST', 'passkey/delete-passkey', { id })
    expect(await database().$count(passkey, eq(passkey.id, id))).toBe(1)
    await askAuth(browser, 'POST', 'passkey/delete-passkey', { id })
    expect(await codeOf(await signIn(aBrowser(), authenticator))).toBe('passkey_refused')
  })

  test('attack: an answer that is used again, or in another browser', async () => {
    const { authenticator } = await withPasskey()
    const browser = aBrowser()
    const response = authenticator.get(await optionsFor(browser, 'authenticate'))
    const use = (one: Browser) =>
      askAuth(one, 'POST', 'passkey/verify-authentication', { response })
    const thief = aBrowser()
    await optionsFor(thief, 'authenticate')
    expect(await codeOf(await use(thief))).toBe('passkey_refused')
    expect((await use(browser)).status).toBe(200)
    expect(await codeOf(await use(browser))).toBe('sign_in_again')
    expect(hasSession(thief)).toBe(false)
  })

  test('attack: an answer given to a page of another site', async () => {
    const person = await aPerson()
    const phished = anAuthenticator({ rpId: 'evil.example', origin: 'https://evil.example' })
    const answer = await register(await signedIn(person), phished)
    expect(await codeOf(answer)).toBe('passkey_refused')
    expect(await database().$count(passkey, eq(passkey.userId, person.id))).toBe(0)
  })

  test('attack: by one who has the device and cannot unlock it, past the second factor', async () => {
    const stolen = anAuthenticator({ isVerifying: false })
    const refused = await register(await signedIn(await aPerson()), stolen)
    expect(await codeOf(refused)).toBe('passkey_refused')
    // As one that was made before: the device tells the truth about the touch.
    const { person, authenticator } = await withPasskey()
    await database().update(user).set({ twoFactorEnabled: true }).where(eq(user.id, person.id))
    const browser = aBrowser()
    authenticator.lock()
    expect(await codeOf(await signIn(browser, authenticator))).toBe('passkey_refused')
    expect(hasSession(browser)).toBe(false)
  })

  test('attack: of a blocked account', async () => {
    const { person, authenticator } = await withPasskey()
    await database().update(user).set({ banned: true }).where(eq(user.id, person.id))
    const browser = aBrowser()
    expect(await codeOf(await signIn(browser, authenticator))).toBe('account_blocked')
    expect(hasSession(browser)).toBe(false)
  })

  test('attack: made with a session of days ago', async () => {
    const person = await aPerson()
    const browser = await signedIn(person)
    const old = new Date(Date.now() - 2 * 24 * 60 * 60_000)
    await database().update(session).set({ createdAt: old }).where(eq(session.userId, person.id))
    const answer = await askAuth(browser, 'GET', 'passkey/generate-register-options')
    expect(await codeOf(answer)).toBe('sign_in_again')
  })
})
