import { type APIRequestContext, type Browser, type Page, expect } from '@playwright/test'
import { AppServer, serverMs } from './servers/app-server.ts'
import { test as base } from './test.ts'
import { wordsIn } from './pages/words.ts'

export interface Person {
  name: string
  email: string
  password: string
}

export const owner: Person = {
  name: 'Olga Owner',
  email: 'olga@example.com',
  password: 'a password of the owner',
}

const words = wordsIn('en')
const setupLink = /\S+\/setup\?token=\S+/

interface PeopleServers {
  /** A studio that has an owner already, and lets everyone make an account. */
  peopleServer: AppServer
  /** The same, with every sentence a third longer. */
  stretchedServer: AppServer
}

/** With the studio that has an owner already. */
export const peopleTest = base.extend<object, PeopleServers>({
  peopleServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => serveOwned({}, use),
    { scope: 'worker', timeout: serverMs },
  ],
  stretchedServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => serveOwned({ PHOTOFINISH_STRETCH: 'on' }, use),
    { scope: 'worker', timeout: serverMs },
  ],
  server: ({ peopleServer }, use) => use(peopleServer),
})

async function serveOwned(
  variables: Record<string, string>,
  use: (server: AppServer) => Promise<void>,
) {
  const server = await AppServer.start({ variables: { SIGN_UP: 'open', ...variables } })
  await setUpOwner(server)
  await use(server)
  await server.dispose()
}

/** The one-time link that a server without an owner prints when it starts. */
export async function printedSetupLink(server: AppServer) {
  // It comes a moment after the line that says that the server is ready.
  await expect.poll(() => server.output).toMatch(setupLink)
  return setupLink.exec(server.output)![0]
}

export async function setUpOwner(server: AppServer) {
  const token = new URL(await printedSetupLink(server)).searchParams.get('token')
  const response = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ token, ...owner }),
  })
  expect(response.status, await response.text()).toBeLessThan(300)
}

/** A person of its own for a test. */
export function newPerson(name: string): Person {
  const tail = Math.random().toString(36).slice(2, 10)
  return {
    name,
    email: `${name.toLowerCase()}-${tail}@example.com`,
    password: `${name} has a secret`,
  }
}

/** Makes an account as the sign-up does, and signs in to it. */
export async function signUpByApi(request: APIRequestContext, origin: string, person: Person) {
  const response = await request.post(`${origin}/api/auth/sign-up/email`, {
    data: person,
    headers: { origin },
  })
  expect(response.status(), await response.text()).toBeLessThan(300)
}

export async function signInByApi(request: APIRequestContext, origin: string, person: Person) {
  const { email, password } = person
  const response = await request.post(`${origin}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { origin },
  })
  expect(response.status(), await response.text()).toBeLessThan(300)
}

/** A browser of another person's, signed in to a new account. */
export async function openAs(browser: Browser, server: AppServer, person: Person) {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  await signUpByApi(context.request, server.url, person)
  return context
}

export async function fillSignIn(
  page: Page,
  { email, password }: Pick<Person, 'email' | 'password'>,
) {
  await page.getByLabel(words('entry.email')).fill(email)
  await page.getByLabel(words('entry.password'), { exact: true }).fill(password)
  await page.getByRole('button', { name: words('entry.signIn.submit'), exact: true }).click()
}

export async function fillNewAccount(page: Page, person: Person, button: string) {
  await page.getByLabel(words('entry.name'), { exact: true }).fill(person.name)
  await page.getByLabel(words('entry.email')).fill(person.email)
  await page.getByLabel(words('entry.password'), { exact: true }).fill(person.password)
  await page.getByRole('button', { name: button, exact: true }).click()
}

/** The account's menu in the header, which also says who is signed in. */
export function accountButton(page: Page, { name }: Person) {
  return page.getByRole('button', { name: words('header.account', { name }) })
}

/** Gives a person credits; answers the browser of the owner, who did it. */
export async function grantCredits(
  browser: Browser,
  server: AppServer,
  { email }: Person,
  usd: number,
) {
  const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
  await signInByApi(context.request, server.url, owner)
  const give = async (more: number) => {
    const headers = { origin: server.url }
    const data = { owner: email, usd: more }
    const given = await context.request.post('/api/admin/grants', { data, headers })
    expect(given.status()).toBe(200)
  }
  await give(usd)
  return { context, give }
}
