import type { APIRequestContext, BrowserContext, Page, Response } from '@playwright/test'
import type { AccountView } from '#lib/contract/people/account'
import { anAuthenticator, codeNow } from '../../support/people/authenticator.ts'
import { freePort } from '../../support/free-port.ts'
import { oidcClient, runOidc } from '../../support/people/run-oidc.ts'
import { booksOf } from '../helpers/servers/books.ts'
import { isCompleted, readClip, waitForClip } from '../helpers/clips.ts'
import {
  type Person,
  accountButton,
  fillSignIn,
  newPerson,
  signUpByApi,
} from '../helpers/people.ts'
import {
  type Emulated,
  providerTest as test,
  startProviderServer,
} from '../helpers/provider-test.ts'
import { Studio } from '../helpers/pages/studio.ts'
import { expect } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('en')
const label = 'Acme ID'
/** How long a stream may take to end with its visitor's session and begin with the account's. */
const streamMs = 90_000

test(
  'a paid video that is running is the account’s after a sign-in by every way, in the tab that follows it',
  { tag: '@long' },
  async ({ emulated, browser }) => {
    const port = String(await freePort())
    // A name by which browsers allow passkeys.
    const origin = `http://localhost:${port}`
    const oidc = await runOidc(`${origin}/api/auth/callback/oidc`)
    const server = await startProviderServer(emulated, {
      PORT: port,
      PUBLIC_URL: origin,
      SIGN_UP: 'open',
      OIDC_ISSUER: oidc.issuer,
      OIDC_CLIENT_ID: oidcClient.id,
      OIDC_CLIENT_SECRET: oidcClient.secret,
      OIDC_LABEL: label,
    })
    const contexts: BrowserContext[] = []
    const open = async () => {
      const context = await browser.newContext({ baseURL: origin, locale: 'en-GB' })
      contexts.push(context)
      return context
    }
    try {
      const begun: Followed[] = []
      for (const way of [password, secondFactor, passkey, provider(oidc.provided)]) {
        const elsewhere = (await open()).request
        const person = newPerson('Vera')
        const signIn = await way(elsewhere, origin, person)
        begun.push(await signedIn(await open(), person, signIn))
        await expectOf(begun.at(-1)!)
      }
      for (const followed of begun) await expectToArrive(emulated, followed)
    } finally {
      for (const context of contexts) await context.close()
      await server.dispose()
      oidc.close()
    }
  },
)

/** Makes what a way needs; answers how one signs in by it, on the page of the sign-in. */
type Way = (
  elsewhere: APIRequestContext,
  origin: string,
  person: Person,
) => Promise<(page: Page) => Promise<void>>

const password: Way = async (elsewhere, origin, person) => {
  await signUpByApi(elsewhere, origin, person)
  return (page) => fillSignIn(page, person)
}

const secondFactor: Way = async (elsewhere, origin, person) => {
  await signUpByApi(elsewhere, origin, person)
  const ask = (path: string, data: object) =>
    elsewhere.post(`/api/auth/two-factor/${path}`, { data, headers: { origin } })
  const enabled = await ask('enable', { password: person.password })
  const { totpURI } = (await enabled.json()) as { totpURI: string }
  const secret = new URL(totpURI).searchParams.get('secret')!
  expect((await ask('verify-totp', { code: codeNow(secret) })).status()).toBe(200)
  return async (page) => {
    await fillSignIn(page, person)
    await page.getByLabel(words('entry.second.code')).fill(codeNow(secret))
    await page.keyboard.press('Enter')
  }
}

const passkey: Way = async (elsewhere, origin, person) => {
  await signUpByApi(elsewhere, origin, person)
  const key = anAuthenticator({ origin })
  const asked = await elsewhere.get('/api/auth/passkey/generate-register-options')
  const options = (await asked.json()) as { challenge: string; user: { id: string } }
  const made = await elsewhere.post('/api/auth/passkey/verify-registration', {
    data: { response: key.create(options) },
    headers: { origin },
  })
  expect(made.status(), await made.text()).toBe(200)
  return async (page) => {
    await plugIn(page, key, options.user.id)
    await page.getByRole('button', { name: words('entry.signIn.passkey') }).click()
  }
}

/** Has the browser of a page hold a passkey that was made elsewhere. */
async function plugIn(page: Page, key: ReturnType<typeof anAuthenticator>, userHandle: string) {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  const { authenticatorId } = await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await devTools.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: {
      credentialId: base64(key.id),
      isResidentCredential: true,
      rpId: 'localhost',
      privateKey: key.privateKey,
      userHandle: base64(userHandle),
      signCount: 10,
    },
  })
}

function base64(url: string) {
  return Buffer.from(url, 'base64url').toString('base64')
}

/** At the provider everyone is this person, who has no account here yet. */
const provider =
  (provided: Awaited<ReturnType<typeof runOidc>>['provided']): Way =>
  async (_elsewhere, _origin, { name, email }) => {
    provided.person = { sub: email, email, email_verified: true, name }
    return async (page) => {
      const name = words('entry.signIn.oidc', { provider: label })
      await page.getByRole('button', { name }).click()
    }
  }

/** A visitor's video in the tab that follows it. */
interface Followed {
  context: BrowserContext
  studio: Studio
  prompt: string
  id: string
  person: Person
  /** Every answer of 404 that its pages were given by the API. */
  lost: string[]
}

/** A visitor follows a paid video in one tab and signs in in another one. */
async function signedIn(
  context: BrowserContext,
  person: Person,
  signIn: (page: Page) => Promise<void>,
): Promise<Followed> {
  const prompt = `A paid ship for ${person.email} #kie:held #kie:webhook-none`
  await context.request.post('/api/session')
  const data = { prompt, model: 'veo-3.1-fast' }
  const started = await context.request.post('/api/generate/video', { data })
  expect(started.status(), await started.text()).toBe(202)
  const { files } = (await started.json()) as { files: [{ id: string }] }
  const { id } = files[0]
  const studio = new Studio(await context.newPage())
  const page = await context.newPage()
  const lost: string[] = []
  for (const tab of [studio.page, page]) noteLost(tab, lost)
  const followed = { context, studio, prompt, id, person, lost }
  await studio.open()
  await expect(studio.progress.first()).toBeVisible()
  await page.goto('/sign-in?next=%2Faccount')
  const isStream = (response: Response) => response.url().includes('/api/v1/events/')
  const next = studio.page.waitForResponse(isStream, { timeout: streamMs })
  await signIn(page)
  await expect(accountButton(page, person)).toBeVisible()
  expect((await next).status()).toBe(200)
  await page.close()
  return followed
}

function noteLost(page: Page, lost: string[]) {
  page.on('response', (response) => {
    const isOfApi = new URL(response.url()).pathname.startsWith('/api/')
    if (isOfApi && response.status() === 404) lost.push(response.url())
  })
}

/** Still under way, the account's, and no tab is told that it belongs to another. */
async function expectOf({ context, studio, id, person }: Followed) {
  expect((await readClip(context.request, id)).status).not.toBe('completed')
  const account = (await (await context.request.get('/api/account')).json()) as AccountView
  expect(account.user).toMatchObject({ email: person.email })
  await expect(studio.progress.first()).toBeVisible()
  await expect(studio.page.getByText(words('failure.gone.list'))).toHaveCount(0)
}

/** It ends at the provider, and is seen in the tab that was open all the time, at the cost of one. */
async function expectToArrive(emulated: Emulated, followed: Followed) {
  const { context, studio, prompt, id, lost } = followed
  emulated.emulators.kie.letGo(prompt)
  await waitForClip(context.request, id, isCompleted)
  await expect(studio.video(prompt)).toBeVisible()
  expect(lost).toEqual([])
  expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
}
