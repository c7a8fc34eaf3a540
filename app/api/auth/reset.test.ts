import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { eq } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { account, rateLimit, session, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { oneTimeLink } from '#lib/db/people-schema'
import { env } from '#lib/env'
import { useDataFolder } from '#lib/http/test-visitor'
import { makeResetLink } from '#lib/people/accounts/reset-password'
import { forgetProcessWide } from '#lib/process-wide'
import { aBrowser } from '../../../tests/support/people/a-browser.ts'
import {
  aPerson,
  askAuth,
  codeOf,
  password,
  signedIn,
} from '../../../tests/support/people/people.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { POST as requestRoute } from './request-password-reset/route.ts'
import { POST as resetRoute } from './reset-password/route.ts'

useDataFolder()
withTestDatabase()

interface Mail {
  to: string[]
  text: string
}
const mails: Mail[] = []
let doesRefuse = false
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) => done(doesRefuse ? new Error('no such box') : null),
  onData: (stream, { envelope }, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const to = envelope.rcptTo.map(({ address }) => address)
      mails.push({ to, text: unfolded(Buffer.concat(chunks).toString()) })
      done()
    })
  },
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
})
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())))
beforeEach(async () => {
  mails.length = 0
  doesRefuse = false
  const { port } = server.server.address() as AddressInfo
  const SMTP_URL = `smtp://127.0.0.1:${port}`
  Object.assign(env(), {
    SMTP_URL,
    MAIL_FROM: 'Studio <studio@example.com>',
    PUBLIC_URL: 'https://studio.example/base',
  })
  await database().delete(rateLimit)
})
afterEach(() => {
  Object.assign(env(), { SMTP_URL: undefined, PUBLIC_URL: undefined })
  forgetProcessWide('mail transport')
})

/** As mail programs show it. */
function unfolded(raw: string) {
  const body = raw.slice(raw.indexOf('\r\n\r\n'))
  if (!/quoted-printable/i.test(raw)) return /base64/i.test(raw) ? decoded64(body) : body
  const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, '%$1')
  return decodeURIComponent(bytes)
}
function decoded64(body: string) {
  return Buffer.from(body, 'base64').toString()
}

const requestReset = (email: unknown, headers: Record<string, string> = {}, from?: string) =>
  aBrowser(from).send(requestRoute, 'POST', '/api/auth/request-password-reset', {
    body: { email, redirectTo: 'https://evil.example/reset' },
    headers: { origin: 'https://studio.example', ...headers },
  })
const reset = (token: string, newPassword: unknown) =>
  aBrowser().send(resetRoute, 'POST', '/api/auth/reset-password', {
    body: { token, newPassword },
    headers: { origin: 'https://studio.example' },
  })
const aMail = () => vi.waitFor(() => mails.at(-1) ?? Promise.reject(new Error('no mail')), 10_000)
const tokenIn = (words: string) => /\?token=([\w-]+)/.exec(words)![1]!

describe('a link that sets a new password', () => {
  test('is mailed, works once, and ends every session', async () => {
    const person = await aPerson()
    await signedIn(person)
    await requestReset(` ${person.email.toUpperCase()} `)
    const mail = await aMail()
    expect(mail.to).toEqual([person.email])
    const token = tokenIn(mail.text)
    expect((await reset(token, 'a new password')).status).toBe(200)
    expect(await database().$count(session, eq(session.userId, person.id))).toBe(0)
    await signedIn({ email: person.email, password: 'a new password' })
    expect(await codeOf(await reset(token, 'another password'))).toBe('link_invalid')
  })

  test('leads to PUBLIC_URL, whatever Host, Origin or the body say', async () => {
    const { email } = await aPerson()
    await requestReset(email, {
      host: '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
    })
    expect((await aMail()).text).toMatch(/https:\/\/studio\.example\/base\/reset\?token=/)
    expect((await aMail()).text).not.toMatch(/evil|6\.6\.6/)
  })

  test('is written in the language of the reader', async () => {
    const { email } = await aPerson()
    await requestReset(email, { 'accept-language': 'ru' })
    expect((await aMail()).text).toContain('запросили новый пароль')
  })

  test('attack: known, unknown, blocked and faulty addresses answer alike, with no work before', async () => {
    const [known, blocked] = [await aPerson(), await aPerson()]
    await database().update(user).set({ banned: true }).where(eq(user.id, blocked.id))
    const answers = []
    for (const email of [known.email, 'no@example.com', blocked.email]) {
      const answer = await requestReset(email)
      answers.push(JSON.stringify([answer.status, await answer.json(), [...answer.headers.keys()]]))
    }
    expect(new Set(answers).size).toBe(1)
    await aMail()
    expect(mails.map(({ to }) => to)).toEqual([[known.email]])
  })

  test('a mail server that refuses changes no answer', async () => {
    doesRefuse = true
    const { email } = await aPerson()
    expect((await requestReset(email)).status).toBe(200)
  })

  test('attack: many mails to one address, from everywhere', async () => {
    const statuses = []
    for (let index = 0; index < 7; index++)
      statuses.push((await requestReset('no@example.com', {}, `198.51.100.${index}`)).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429])
  })

  test('attack: a header in the address', async () => {
    const answer = await requestReset('a@example.com\r\nBcc: eve@example.com')
    expect(await codeOf(answer)).toBe('invalid_input')
  })

  test('without SMTP_URL says so, alike for all', async () => {
    Object.assign(env(), { SMTP_URL: undefined })
    const { email } = await aPerson()
    expect(await codeOf(await requestReset(email))).toBe('not_possible_now')
    expect(await codeOf(await requestReset('no@example.com'))).toBe('not_possible_now')
  })

  test('of an admin works too, also for an account without a password', async () => {
    const person = await aPerson()
    await database().delete(account).where(eq(account.userId, person.id))
    const token = tokenIn(await makeResetLink(person.id))
    expect((await reset(token, 'a new password')).status).toBe(200)
    await signedIn({ email: person.email, password: 'a new password' })
  })

  test('attack: of two at once with one link, one sets its password; other links end too', async () => {
    const person = await aPerson()
    const token = tokenIn(await makeResetLink(person.id))
    const other = tokenIn(await makeResetLink(person.id))
    const answers = await Promise.all([reset(token, 'first of two'), reset(token, 'second of two')])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404])
    expect(await codeOf(await reset(other, 'a third password'))).toBe('link_invalid')
  })

  test('attack: old, made up, for something else, or in the query', async () => {
    const person = await aPerson()
    const old = tokenIn(await makeResetLink(person.id))
    const past = new Date(Date.now() - 1)
    await database().update(oneTimeLink).set({ expiresAt: past })
    const setup = tokenIn(await makeResetLink(person.id))
    await database()
      .update(oneTimeLink)
      .set({ purpose: 'setup' })
      .where(eq(oneTimeLink.expiresAt, past))
    for (const token of [old, 'made up', setup.slice(1)])
      expect(await codeOf(await reset(token, 'a new password'))).toBe('link_invalid')
    const inQuery = await aBrowser().send(
      resetRoute,
      'POST',
      `/api/auth/reset-password?token=${setup}`,
      {
        body: { newPassword: 'a new password' },
        headers: { origin: 'https://studio.example' },
      },
    )
    expect(await codeOf(inQuery)).toBe('invalid_input')
    await signedIn({ email: person.email, password })
  })

  test('a short password uses no link up', async () => {
    const person = await aPerson()
    const token = tokenIn(await makeResetLink(person.id))
    expect(await codeOf(await reset(token, 'short'))).toBe('invalid_input')
    expect((await reset(token, 'long enough')).status).toBe(200)
  })

  test('attack: a second factor is still asked for', async () => {
    const person = await aPerson()
    await database().update(user).set({ twoFactorEnabled: true }).where(eq(user.id, person.id))
    await reset(tokenIn(await makeResetLink(person.id)), 'a new password')
    const body = { email: person.email, password: 'a new password' }
    const browser = aBrowser()
    const answer = await askAuth(browser, 'POST', 'sign-in/email', body)
    expect([...browser.jar.keys()].some((name) => name.endsWith('session_token'))).toBe(false)
    expect(await answer.json()).toMatchObject({ twoFactorRedirect: true })
  })
})

test('attack: a link of before sets no password once its owner has changed it', async () => {
  const person = await aPerson()
  const token = new URL(await makeResetLink(person.id)).searchParams.get('token')
  const browser = await signedIn(person)
  const mine = 'chosen by its owner'
  const body = { currentPassword: password, newPassword: mine, revokeOtherSessions: true }
  expect((await askAuth(browser, 'POST', 'change-password', body)).status).toBe(200)
  const answer = await aBrowser().send(resetRoute, 'POST', '/api/auth/reset-password', {
    body: { token, newPassword: 'chosen by a thief' },
  })
  expect(await codeOf(answer)).toBe('link_invalid')
  await signedIn({ email: person.email, password: mine })
})
