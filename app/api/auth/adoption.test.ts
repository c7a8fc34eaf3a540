import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { rateLimit, user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { env } from '#lib/env'
import { pollFile } from '#lib/http/poll-file'
import { useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { authAddress } from '#lib/people/auth'
import { makeSetupLink } from '#lib/people/accounts/first-owner'
import { makeInvitation } from '#lib/people/accounts/invitations'
import { adopt, stepCount } from '#lib/people/adoption/adopt'
import { anAuthenticator, codeNow } from '../../../tests/support/people/authenticator.ts'
import { type Browser, aBrowser } from '../../../tests/support/people/a-browser.ts'
import { aPerson, askAuth, password, signedIn } from '../../../tests/support/people/people.ts'
import {
  type Claims,
  oidcClient,
  passProvider,
  runOidc,
} from '../../../tests/support/people/run-oidc.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { POST as generate } from '../generate/video/route.ts'
import { POST as giveSession } from '../session/route.ts'
import { POST as setUp } from '../setup/route.ts'
import { POST as signUp } from './sign-up/email/route.ts'

useDataFolder()
withTestDatabase()
let oidc: Awaited<ReturnType<typeof runOidc>>
beforeAll(startQueue)
beforeAll(async () => {
  oidc = await runOidc(`${authAddress()}/callback/oidc`)
  const { id, secret } = oidcClient
  const provider = { OIDC_ISSUER: oidc.issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret }
  Object.assign(env(), { ...provider, SIGN_UP: 'open' })
})
afterAll(() => oidc.close())
afterAll(() => stopQueue(1_000))
beforeEach(() => database().delete(rateLimit))

/** A browser that has been here, with a video under way. */
async function aVisitor() {
  const browser = aBrowser()
  await browser.send(giveSession, 'POST', '/api/session')
  const body = { prompt: 'a fox', model: 'local-preview', duration: 2, resolution: '480p' }
  const started = await browser.send(generate, 'POST', '/api/generate/video', { body })
  const { id } = ((await started.json()) as { files: { id: string }[] }).files[0]!
  return { browser, id }
}

const poll = ({ browser, id }: { browser: Browser; id: string }) =>
  browser.send((request) => pollFile(request, id), 'GET', `/api/file/${id}`)

/** The e-mail address of the account that a video belongs to. */
async function emailOf(fileId: string) {
  const [found] = await database()
    .select({ email: user.email, isAnonymous: user.isAnonymous })
    .from(generation)
    .innerJoin(user, eq(user.id, generation.ownerId))
    .where(eq(generation.id, fileId))
  return found!.isAnonymous ? undefined : found!.email
}

/** The move as another process begins it, which ends in the middle; a new one knows nothing of it. */
async function endsAt(step: number, fileId: string, email: string) {
  const [video] = await database().select().from(generation).where(eq(generation.id, fileId))
  const [account] = await database().select().from(user).where(eq(user.email, email))
  const killed = adopt(video!.ownerId, account!.id, async (tx, at) => {
    if (at === step) await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
  })
  await expect(killed).rejects.toThrow()
}

let count = 0
const anAddress = () => `newcomer-${++count}@example.com`

async function throughProvider(browser: Browser, more: object = {}) {
  const person: Claims = { sub: `subject-${++count}`, email: anAddress(), email_verified: true }
  oidc.provided.person = { ...person, name: 'Olga', ...more }
  const body = { provider: 'oidc', callbackURL: '/library', errorCallbackURL: '/sign-in' }
  const begun = await askAuth(browser, 'POST', 'sign-in/social', body)
  const { url } = (await begun.json()) as { url: string }
  const back = await passProvider(url)
  return { back, email: oidc.provided.person.email! }
}

async function withPasskey() {
  const person = await aPerson()
  const browser = await signedIn(person)
  const key = anAuthenticator()
  const options = await passkeyOptions(browser, 'register')
  const body = { response: key.create(options) }
  expect((await askAuth(browser, 'POST', 'passkey/verify-registration', body)).status).toBe(200)
  return { email: person.email, key }
}

async function passkeyOptions(browser: Browser, what: 'register' | 'authenticate') {
  const answer = await askAuth(browser, 'GET', `passkey/generate-${what}-options`)
  return (await answer.json()) as { challenge: string }
}

async function byPasskey(browser: Browser, key: ReturnType<typeof anAuthenticator>) {
  const response = key.get(await passkeyOptions(browser, 'authenticate'))
  return askAuth(browser, 'POST', 'passkey/verify-authentication', { response })
}

async function withSecondFactor() {
  const person = await aPerson()
  const browser = await signedIn(person)
  const enabled = await askAuth(browser, 'POST', 'two-factor/enable', { password })
  const { totpURI } = (await enabled.json()) as { totpURI: string }
  const code = () => codeNow(new URL(totpURI).searchParams.get('secret')!)
  const turnedOn = await askAuth(browser, 'POST', 'two-factor/verify-totp', { code: code() })
  expect(turnedOn.status).toBe(200)
  return { ...person, code }
}

type Route = [way: string, signIn: (browser: Browser) => Promise<string>]

/** A sign-in by what is known, and one by another site that makes the account. */
const isOneOfAKind = ([way]: Route) => way === 'a password' || way.endsWith('makes the account')

const routes: Route[] = [
  [
    'a passkey',
    async (browser) => {
      const { email, key } = await withPasskey()
      expect((await byPasskey(browser, key)).status).toBe(200)
      return email
    },
  ],
  [
    'a password and a second factor',
    async (browser) => {
      const { code, ...person } = await withSecondFactor()
      await signedIn(person, browser)
      const answer = await askAuth(browser, 'POST', 'two-factor/verify-totp', { code: code() })
      expect(answer.status).toBe(200)
      return person.email
    },
  ],
  [
    'a password',
    async (browser) => {
      const person = await aPerson()
      await signedIn(person, browser)
      return person.email
    },
  ],
  [
    'a new account',
    async (browser) => {
      const body = { name: 'Nina', email: anAddress(), password }
      const answer = await browser.send(signUp, 'POST', '/api/auth/sign-up/email', { body })
      expect(answer.status).toBe(200)
      return body.email
    },
  ],
  [
    'an invitation',
    async (browser) => {
      const { id: createdBy } = await aPerson('admin')
      const invited = { role: 'user', organization: null, days: 1, createdBy } as const
      const { token: invitation } = await makeInvitation(invited)
      const body = { name: 'Ivan', email: anAddress(), password, invitation }
      const answer = await browser.send(signUp, 'POST', '/api/auth/sign-up/email', { body })
      expect(answer.status).toBe(200)
      return body.email
    },
  ],
  [
    'the first owner’s link',
    async (browser) => {
      await database().update(user).set({ role: 'user' }).where(eq(user.role, 'owner'))
      const token = new URL((await makeSetupLink())!).searchParams.get('token')
      const body = { token, name: 'Olga', email: anAddress(), password }
      const answer = await browser.send(setUp, 'POST', '/api/setup', { body })
      expect(answer.status).toBe(200)
      return body.email
    },
  ],
  [
    'an OIDC provider that makes the account',
    async (browser) => {
      const { back, email } = await throughProvider(browser)
      await askAuth(browser, 'GET', `callback/oidc${back.search}`)
      return email
    },
  ],
  [
    'an OIDC provider whose account is there',
    async (browser) => {
      const first = await throughProvider(aBrowser())
      const { sub } = oidc.provided.person
      const elsewhere = await throughProvider(browser, { sub, email: first.email })
      await askAuth(browser, 'GET', `callback/oidc${elsewhere.back.search}`)
      return first.email
    },
  ],
]

describe('a visitor with a video under way who signs in', () => {
  test.each(routes.filter(isOneOfAKind))(
    'by %s finds it in the account, and no poll sees a 404',
    expectFound,
  )
  test.each(routes.filter((route) => !isOneOfAKind(route)))(
    'by %s finds it in the account, and no poll sees a 404',
    { tags: 'long' },
    expectFound,
  )

  async function expectFound(_way: string, signIn: Route[1]) {
    const visitor = await aVisitor()
    const email = await signIn(visitor.browser)
    const answers = await Promise.all([poll(visitor), poll(visitor), poll(visitor)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await emailOf(visitor.id)).toBe(email)
  }

  test(
    'by a passkey, where the process ends at any step of the move: nothing is lost, and no poll sees a 404',
    { tags: 'long' },
    async () => {
      const { email, key } = await withPasskey()
      for (let step = 0; step < stepCount; step++) {
        await database().delete(rateLimit)
        const visitor = await aVisitor()
        expect((await byPasskey(visitor.browser, key)).status).toBe(200)
        await endsAt(step, visitor.id, email)
        expect(await emailOf(visitor.id), `ended after step ${step}`).toBeUndefined()
        const answers = await Promise.all([poll(visitor), poll(visitor)])
        expect(answers.map(({ status }) => status)).toEqual([200, 200])
        expect(await emailOf(visitor.id)).toBe(email)
      }
    },
  )

  test(
    'by a passkey, where any answer on the way is lost, still is the visitor, and signs in again',
    { tags: 'long' },
    async () => {
      const { email, key } = await withPasskey()
      const visitor = await aVisitor()
      const { browser } = visitor
      const before = new Map(browser.jar)
      const asNothingCame = async () => {
        browser.jar.clear()
        for (const [name, value] of before) browser.jar.set(name, value)
        expect((await poll(visitor)).status).toBe(200)
        expect(await emailOf(visitor.id)).toBeUndefined()
      }
      await passkeyOptions(browser, 'authenticate')
      await asNothingCame()
      expect((await byPasskey(browser, key)).status).toBe(200)
      await asNothingCame()
      expect((await byPasskey(browser, key)).status).toBe(200)
      expect((await poll(visitor)).status).toBe(200)
      expect(await emailOf(visitor.id)).toBe(email)
    },
  )

  test('and is at the provider is the visitor as before, also where nothing comes of it', async () => {
    const visitor = await aVisitor()
    const { back } = await throughProvider(visitor.browser)
    expect((await poll(visitor)).status).toBe(200)
    back.searchParams.set('code', 'forged')
    await askAuth(visitor.browser, 'GET', `callback/oidc${back.search}`)
    expect((await poll(visitor)).status).toBe(200)
    expect(await emailOf(visitor.id)).toBeUndefined()
  })
})
