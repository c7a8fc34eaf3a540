import { eq } from 'drizzle-orm'
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
import { type Browser, aBrowser } from '../../../tests/support/a-browser.ts'
import { aPerson, askAuth, password, signedIn } from '../../../tests/support/people.ts'
import { type Claims, oidcClient, passProvider, runOidc } from '../../../tests/support/run-oidc.ts'
import { withTestDatabase } from '../../../tests/support/test-database.ts'
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

const routes: [string, (browser: Browser) => Promise<string>][] = [
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
  test.each(routes)(
    'by %s finds it in the account, and no poll sees a 404',
    async (_way, signIn) => {
      const visitor = await aVisitor()
      const email = await signIn(visitor.browser)
      const answers = await Promise.all([poll(visitor), poll(visitor), poll(visitor)])
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
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
