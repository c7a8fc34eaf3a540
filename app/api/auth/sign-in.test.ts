import { hash } from 'node:crypto'
import { createOTP } from '@better-auth/utils/otp'
import { and, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { account, rateLimit, session, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { useDataFolder } from '#lib/http/test-visitor'
import { auth } from '#lib/people/auth'
import { sessionOf } from '#lib/people/session'
import { aBrowser } from '../../../tests/support/people/a-browser.ts'
import {
  aPerson,
  askAuth,
  codeOf,
  password,
  signedIn,
} from '../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'

useDataFolder()
withTestDatabase()
beforeEach(async () => {
  await database().delete(rateLimit)
})

const signIn = (email: string, given: string, browser = aBrowser()) =>
  askAuth(browser, 'POST', 'sign-in/email', { email, password: given })
const sessionCookie = (browser: ReturnType<typeof aBrowser>) =>
  [...browser.jar].find(([name]) => name.endsWith('.session_token'))?.[1]

describe('signing in with a password', () => {
  test('gives a session', async () => {
    const { id, email } = await aPerson()
    const browser = await signedIn({ email: email.toUpperCase(), password })
    const [found] = await database().select().from(session).where(eq(session.userId, id))
    expect(decodeURIComponent(sessionCookie(browser)!)).toContain(found!.token)
    expect(found!.ipAddress).toBe('203.0.113.7')
  })

  test('attack: a wrong password and an unknown address answer alike', async () => {
    const { email } = await aPerson()
    const [known, unknown] = [await signIn(email, 'wrong'), await signIn('no@example.com', 'wrong')]
    const bodies = [await known.json(), await unknown.json()] as { traceId?: string }[]
    for (const body of bodies) delete body.traceId
    expect(bodies[0]).toEqual(bodies[1])
    expect(known.status).toBe(401)
    const names = (answer: Response) => [...answer.headers.keys()].toSorted()
    expect(names(known)).toEqual(names(unknown))
  })

  test('attack: an unknown address takes the same work: one hash of the password', async () => {
    const { email } = await aPerson()
    const context = await auth().$context
    const counted = { ...context.password }
    let hashed = 0
    context.password.hash = (given) => (hashed++, counted.hash(given))
    context.password.verify = (given) => (hashed++, counted.verify(given))
    try {
      await signIn(email, 'wrong')
      await signIn('no@example.com', 'wrong')
      expect(hashed).toBe(2)
    } finally {
      Object.assign(context.password, counted)
    }
  })

  test('attack: fixation: a planted session never becomes the account’s', async () => {
    const visitor = await sessionOf(new Request('http://localhost/'))
    const planted = visitor.setCookies[0]!.split(';')[0]!
    const browser = aBrowser()
    browser.jar.set(planted.split('=')[0]!, planted.slice(planted.indexOf('=') + 1))
    const before = sessionCookie(browser)
    const { id, email } = await aPerson()
    await signedIn({ email, password }, browser)
    expect(sessionCookie(browser)).not.toBe(before)
    const again = await signedIn({ email, password })
    expect(sessionCookie(again)).not.toBe(sessionCookie(browser))
    const tokens = await database().select().from(session).where(eq(session.userId, id))
    expect(tokens.some(({ token }) => before!.includes(token))).toBe(false)
  })

  test('a password is the same however its letters are composed', async () => {
    const { id, email } = await aPerson()
    const { hashedPassword } = await import('#lib/people/accounts/create-account')
    const kept = await hashedPassword('пароль с й и é'.normalize('NFC'))
    await database().update(account).set({ password: kept }).where(eq(account.userId, id))
    expect((await signIn(email, 'пароль с й и é'.normalize('NFD'))).status).toBe(200)
  })

  test('attack: roles and ids in the body mean nothing', async () => {
    const { id, email } = await aPerson()
    const body = {
      email,
      password,
      role: 'owner',
      id: 'x',
      userId: 'x',
      callbackURL: 'https://evil',
    }
    const browser = aBrowser()
    const answer = await askAuth(browser, 'POST', 'sign-in/email', body)
    expect(answer.headers.get('location')).toBeNull()
    const blank = await askAuth(browser, 'POST', 'update-user', { name: '\u200b' })
    expect(await codeOf(blank)).toBe('invalid_input')
    const renamed = await askAuth(browser, 'POST', 'update-user', {
      name: 'Eve',
      role: 'admin',
      banned: false,
      emailVerified: true,
      email: 'eve@example.com',
      isAnonymous: true,
    })
    expect(renamed.status).toBe(200)
    const [kept] = await database().select().from(user).where(eq(user.id, id))
    expect(kept).toMatchObject({ name: 'Eve', role: 'user', email, emailVerified: false })
    expect(kept!.isAnonymous).toBe(false)
  })

  test('attack: a blocked account', async () => {
    const { id, email } = await aPerson()
    await database().update(user).set({ banned: true }).where(eq(user.id, id))
    const answer = await signIn(email, password)
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'account_blocked'])
    expect(await database().$count(session, eq(session.userId, id))).toBe(0)
  })

  test('attack: a password that changes in the moment of the sign-in leaves no session', async () => {
    const { id, email } = await aPerson()
    const context = await auth().$context
    const { verify } = context.password
    context.password.verify = async (given) => {
      const isRight = await verify(given)
      context.password.verify = verify
      const other = await context.password.hash('another password')
      await database().update(account).set({ password: other }).where(eq(account.userId, id))
      return isRight
    }
    const browser = aBrowser()
    const answer = await signIn(email, password, browser)
    expect(await codeOf(answer)).toBe('sign_in_failed')
    expect(await database().$count(session, eq(session.userId, id))).toBe(0)
  })
})

describe('tries are limited', () => {
  test('attack: by account and address, also where all come at once', async () => {
    const { email } = await aPerson()
    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn(email, 'wrong')))
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(5).fill(429)])
    const refused = await signIn(email, password)
    expect([refused.status, await codeOf(refused)]).toEqual([429, 'rate_limited'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    // From elsewhere the owner gets in: a stranger's tries keep none out.
    expect((await signIn(email, password, aBrowser('198.51.100.1'))).status).toBe(200)
  })

  test('attack: by account from everywhere, however the address is written', async () => {
    const { email } = await aPerson()
    const key = `password ${hash('sha256', email)}`
    await database().insert(rateLimit).values({ id: 'x', key, count: 100, lastRequest: Date.now() })
    const written = ` ${email.toUpperCase()} `
    expect((await signIn(email, password, aBrowser('198.51.100.2'))).status).toBe(429)
    expect((await signIn(written, password, aBrowser('198.51.100.3'))).status).toBe(429)
  })

  test('attack: by address over all accounts', async () => {
    const key = `password ${hash('sha256', 'at 203.0.113.7')}`
    await database().insert(rateLimit).values({ id: 'y', key, count: 98, lastRequest: Date.now() })
    const statuses = []
    for (let index = 0; index < 4; index++)
      statuses.push((await signIn(`unknown-${index}@example.com`, 'wrong')).status)
    expect(statuses).toEqual([401, 401, 429, 429])
  })

  test('attack: also for calls that come past the endpoints', async () => {
    const { email } = await aPerson()
    const call = () =>
      auth()
        .api.signInEmail({ body: { email, password: 'wrong' } })
        .then(
          () => 'in',
          (error: { code?: string }) => error.code ?? 'refused',
        )
    const outcomes = []
    for (let index = 0; index < 12; index++) outcomes.push(await call())
    expect(outcomes.filter((one) => one === 'rate_limited')).toHaveLength(2)
  })

  test('those that are right do not count, and the window ends', async () => {
    const { email } = await aPerson()
    for (let index = 0; index < 12; index++) await signedIn({ email, password })
    for (let index = 0; index < 10; index++) await signIn(email, 'wrong')
    expect((await signIn(email, password)).status).toBe(429)
    await database()
      .update(rateLimit)
      .set({ lastRequest: Date.now() - 15 * 60_000 - 1 })
    expect((await signIn(email, password)).status).toBe(200)
  })

  test('attack: a stolen session does not guess the password', async () => {
    const browser = await signedIn(await aPerson())
    const change = (currentPassword: string) =>
      askAuth(browser, 'POST', 'change-password', {
        currentPassword,
        newPassword: 'a new password',
      })
    const statuses = []
    for (let index = 0; index < 12; index++) statuses.push((await change('wrong')).status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(2)
  })
})

describe('a second factor', () => {
  async function withSecondFactor() {
    const person = await aPerson()
    const browser = await signedIn(person)
    const answer = await askAuth(browser, 'POST', 'two-factor/enable', { password })
    const setup = (await answer.json()) as { totpURI: string; backupCodes: string[] }
    const secret = new URL(setup.totpURI).searchParams.get('secret')!
    const code = () => createOTP(Buffer.from(fromBase32(secret)).toString()).totp()
    await askAuth(browser, 'POST', 'two-factor/verify-totp', { code: await code() })
    return { person, browser, code, backupCodes: setup.backupCodes }
  }

  test('is asked for, and no session is given before it', async () => {
    const { person, code } = await withSecondFactor()
    const browser = aBrowser()
    const first = await signIn(person.email, password, browser)
    expect(await first.json()).toMatchObject({ twoFactorRedirect: true })
    expect(sessionCookie(browser)).toBeUndefined()
    const second = await askAuth(browser, 'POST', 'two-factor/verify-totp', { code: await code() })
    expect(second.status).toBe(200)
    expect(sessionCookie(browser)).toBeDefined()
  })

  test('attack: a wrong code, too many of them, and a code without the first step', async () => {
    const { person, code } = await withSecondFactor()
    const browser = aBrowser()
    await signIn(person.email, password, browser)
    const codes = []
    for (let index = 0; index < 7; index++) {
      const answer = await askAuth(browser, 'POST', 'two-factor/verify-totp', { code: '000000' })
      codes.push(await codeOf(answer))
    }
    expect(codes[0]).toBe('wrong_code')
    expect(codes.at(-1)).toBe('sign_in_again')
    expect(sessionCookie(browser)).toBeUndefined()
    const stranger = aBrowser()
    const without = await askAuth(stranger, 'POST', 'two-factor/verify-totp', {
      code: await code(),
    })
    expect(await codeOf(without)).toBe('sign_in_again')
  })

  test('attack: a code that was seen in use, also at the same moment, and a device that would be trusted', async () => {
    const { person, code } = await withSecondFactor()
    const shown = await code()
    const browsers = [aBrowser(), aBrowser(), aBrowser()]
    for (const browser of browsers) await signIn(person.email, password, browser)
    const use = (browser: ReturnType<typeof aBrowser>) =>
      askAuth(browser, 'POST', 'two-factor/verify-totp', { code: shown, trustDevice: true })
    const answers = await Promise.all([use(browsers[0]!), use(browsers[1]!)])
    answers.push(await use(browsers[2]!))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
    const inside = browsers.filter((browser) => sessionCookie(browser) !== undefined)
    expect(inside).toHaveLength(1)
    // One of the setup, one of the sign-in.
    expect(await database().$count(session, eq(session.userId, person.id))).toBe(2)
    expect([...inside[0]!.jar.keys()].filter((name) => name.includes('trust'))).toEqual([])
  })

  test('a backup code works once', async () => {
    const { person, backupCodes } = await withSecondFactor()
    const use = async () => {
      const browser = aBrowser()
      await signIn(person.email, password, browser)
      return askAuth(browser, 'POST', 'two-factor/verify-backup-code', { code: backupCodes[0] })
    }
    expect((await use()).status).toBe(200)
    expect(await codeOf(await use())).toBe('wrong_code')
  })

  test('is turned off with the password alone', async () => {
    const { browser, person } = await withSecondFactor()
    const wrong = await askAuth(browser, 'POST', 'two-factor/disable', { password: 'wrong' })
    expect(await codeOf(wrong)).toBe('wrong_password')
    await askAuth(browser, 'POST', 'two-factor/disable', { password })
    const [kept] = await database().select().from(user).where(eq(user.id, person.id))
    expect(kept!.twoFactorEnabled).toBe(false)
  })
})

describe('a visitor', () => {
  test.each([
    ['GET', 'passkey/generate-register-options'],
    ['POST', 'passkey/verify-registration'],
    ['POST', 'two-factor/enable'],
    ['POST', 'update-user'],
    ['POST', 'link-social'],
    ['GET', 'list-sessions'],
  ] as const)('attack: makes itself no way in: %s %s', async (method, path) => {
    const browser = aBrowser()
    const { setCookies } = await sessionOf(new Request('http://localhost/'))
    browser.keep(new Response(null, { headers: setCookies.map((one) => ['set-cookie', one]) }))
    const answer = await askAuth(browser, method, path, method === 'POST' ? {} : undefined)
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'sign_in_required'])
  })

  test('attack: no account is made through the library', async () => {
    const body = { name: 'Eve', email: 'eve@example.com', password }
    await expect(auth().api.signUpEmail({ body })).rejects.toThrow()
    expect(await database().$count(user, eq(user.email, body.email))).toBe(0)
  })
})

describe('signing out and changing the password', () => {
  test('ends the session, and others where wanted', async () => {
    const person = await aPerson()
    const [browser, other] = [await signedIn(person), await signedIn(person)]
    const changed = await askAuth(browser, 'POST', 'change-password', {
      currentPassword: password,
      newPassword: 'a new password',
      revokeOtherSessions: true,
    })
    expect(changed.status).toBe(200)
    const list = (one: typeof browser) => askAuth(one, 'GET', 'list-sessions')
    expect((await list(browser)).status).toBe(200)
    expect(await codeOf(await list(other))).toBe('sign_in_required')
    await askAuth(browser, 'POST', 'sign-out', {})
    expect(sessionCookie(browser)).toBeUndefined()
    expect(await database().$count(session, eq(session.userId, person.id))).toBe(0)
  })

  test('refuses a new password that is short', async () => {
    const browser = await signedIn(await aPerson())
    const body = { currentPassword: password, newPassword: 'short' }
    const answer = await askAuth(browser, 'POST', 'change-password', body)
    expect(await codeOf(answer)).toBe('invalid_input')
    expect(await database().$count(account, and(eq(account.providerId, 'oidc')))).toBe(0)
  })
})

function fromBase32(text: string) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(text, (one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join(
    '',
  )
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
