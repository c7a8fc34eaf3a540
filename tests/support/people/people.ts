import { eq } from 'drizzle-orm'
import { answerAuth } from '#lib/http/answer-auth'
import { user } from '#lib/db/auth-schema'
import { database, inTransaction } from '#lib/db/client'
import { createAccount, hashedPassword } from '#lib/people/accounts/create-account'
import type { Caller } from '#lib/contract/people/caller'
import { type Browser, aBrowser } from './a-browser.ts'

export const password = 'correct horse battery'

let count = 0

/** An account with a password. */
export async function aPerson(role: Caller['role'] = 'user') {
  const email = `person-${++count}@example.com`
  const passwordHash = await hashedPassword(password)
  const named = { name: `Person ${count}`, email, passwordHash }
  if (role === 'owner')
    await database().update(user).set({ role: 'user' }).where(eq(user.role, 'owner'))
  const id = await inTransaction((tx) => createAccount(tx, named, role))
  return { id, email, password }
}

/** Asks the library's own endpoints. */
export function askAuth(browser: Browser, method: 'GET' | 'POST', path: string, body?: unknown) {
  const route = (request: Request) => answerAuth(request, path.split('?')[0]!.split('/'))
  return browser.send(route, method, `/api/auth/${path}`, { ...(body !== undefined && { body }) })
}

/** A browser that is signed in. */
export async function signedIn(person: { email: string; password: string }, browser = aBrowser()) {
  const { email, password: given } = person
  const answer = await askAuth(browser, 'POST', 'sign-in/email', { email, password: given })
  if (answer.status !== 200) throw new Error(`not signed in: ${await answer.text()}`)
  return browser
}

export async function codeOf(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { code?: unknown }).code
}
