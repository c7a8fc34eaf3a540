import type { z } from 'zod'
import { message } from '#lib/messages/message'
import { env } from '../env.ts'
import { AppError, invalidField } from '../errors.ts'
import { log } from '../log.ts'
import {
  passwordFault,
  readAuthError,
  readAuthRefusal,
  redirectCodes,
  signInFirst,
} from '../people/accounts/auth-error.ts'
import { normalPassword } from '../people/accounts/create-account.ts'
import { endpointOf } from '../people/accounts/endpoints.ts'
import { clientHeader } from '../people/accounts/tries.ts'
import { authAddress } from '../people/auth.ts'
import { handleAuth } from '../people/handle-auth.ts'
import { readSession } from '../people/session.ts'
import { unshared } from './guard-answer.ts'
import { assertOwnHost, assertOwnPage } from './own-page.ts'
import { problemResponse } from './problem-response.ts'
import { readJson } from './read-body.ts'

/**
 * A request handler for those who have no session yet, or whose session is about to be another: refuses what another site
 * sends, and turns every error into a problem answer.
 */
export function withoutSession<Rest extends unknown[]>(
  handle: (request: Request, ...rest: Rest) => Promise<Response>,
) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    try {
      if (request.method === 'GET') assertOwnHost(request)
      else assertOwnPage(request)
      return finished(await handle(request, ...rest))
    } catch (error) {
      return problemResponse(readAuthError(error), request)
    }
  }
}

/** Signs in to an account that was just made, through the same door as everyone. */
export async function signInTo(request: Request, email: string, password: unknown) {
  const headers = readableHeaders(request)
  headers.set('content-type', 'application/json')
  const body = JSON.stringify({ email, password: normalPassword(String(password)) })
  const url = `${authAddress()}/sign-in/email`
  const answer = await handleAuth(new Request(url, { method: 'POST', headers, body }))
  return answer.status < 400 ? answer : refused(answer, request)
}

/** The address a request counts for. */
export function clientOf({ headers }: Pick<Request, 'headers'>) {
  return headers.get(clientHeader)
}

/** What a JSON body says, by its schema; a field that is none of it is ignored. */
export async function readFields<T extends z.ZodType>(request: Request, schema: T) {
  const { data, error } = schema.safeParse(await readJson(request))
  if (!error) return data
  throw invalidField(error.issues[0]?.path.join('.') || 'body', message('people.faultyField'))
}

/** Where the browser that asks sees the studio: for links that it is given itself. No mail holds such a one. */
export function addressFor(request: Request) {
  const { PUBLIC_URL, BASE_PATH } = env()
  if (PUBLIC_URL) return PUBLIC_URL
  const origin = request.headers.get('origin')
  const host = request.headers.get('host') ?? new URL(request.url).host
  return (origin && URL.canParse(origin) ? new URL(origin).origin : `http://${host}`) + BASE_PATH
}

type Endpoint = NonNullable<ReturnType<typeof endpointOf>>

/**
 * Answers what is asked below `/api/auth`: lets through only the endpoints that the studio has, only what they take, and
 * only from its own pages; what the library refuses is a problem in the product's words.
 */
export async function answerAuth(request: Request, segments: string[]): Promise<Response> {
  try {
    const path = `/${segments.join('/')}`
    const endpoint = endpointOf(request.method, path)
    if (!endpoint) throw nothingThere()
    if (request.method === 'GET') assertOwnHost(request)
    else assertOwnPage(request)
    if (endpoint.forAccounts) await assertAccount(request)
    const answer = await handleAuth(await asTheLibraryTakesIt(request, path, endpoint))
    return answer.status < 400 ? finished(answer) : await refused(answer, request)
  } catch (error) {
    return problemResponse(readAuthError(error), request)
  }
}

async function assertAccount(request: Request) {
  const caller = await readSession(request)
  if (!caller || caller.isVisitor) throw signInFirst()
}

// What the library reads of a request. It decides nothing by a name that the request was sent to.
const readHeaders = ['cookie', 'user-agent', 'origin', clientHeader]

/** The same request at the studio's own address, with what the endpoint takes and nothing else. */
async function asTheLibraryTakesIt(request: Request, path: string, { body }: Endpoint) {
  const { search } = new URL(request.url)
  const headers = readableHeaders(request)
  const url = authAddress() + path + (request.method === 'GET' ? search : '')
  if (!body) return new Request(url, { method: 'GET', headers })
  headers.set('content-type', 'application/json')
  const taken = JSON.stringify(await bodyOf(request, body))
  return new Request(url, { method: 'POST', headers, body: taken })
}

function readableHeaders(request: Request) {
  const headers = new Headers()
  for (const name of readHeaders) {
    const value = request.headers.get(name)
    if (value) headers.set(name, value)
  }
  return headers
}

async function bodyOf(request: Request, schema: NonNullable<Endpoint['body']>) {
  const isEmpty = !request.headers.get('content-type')
  const parsed = schema.safeParse(isEmpty ? {} : await readJson(request))
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path.join('.') || 'body'
  if (field === 'newPassword') throw passwordFault(field)
  throw invalidField(field, message('people.faultyField'))
}

/**
 * With the cookies it takes back, as of a second factor that was tried too often. It gives none: a session that was made
 * and refused after all is over.
 */
async function refused(answer: Response, request: Request) {
  const body: unknown = await answer.json().catch(() => undefined)
  const code = (body as { code?: unknown } | undefined)?.code
  const problem = problemResponse(readAuthRefusal(answer.status, String(code)), request)
  for (const cookie of answer.headers.getSetCookie())
    if (/;\s*max-age=0\b/i.test(cookie)) problem.headers.append('set-cookie', cookie)
  return problem
}

/** Where a browser is sent back to with what failed: a code that is known, and none of the provider's words. */
function withClosedCode(location: string) {
  const url = new URL(location, 'http://studio')
  const code = url.searchParams.get('error')
  if (code === null) return location
  log().info({ reason: code.slice(0, 100) }, 'a sign-in at the provider ended without one')
  url.searchParams.set('error', redirectCodes[code] ?? 'sign_in_failed')
  url.searchParams.delete('error_description')
  const { origin, pathname, search } = url
  return origin === 'http://studio' ? pathname + search : url.href
}

function finished(answer: Response) {
  const location = answer.headers.get('location')
  if (location) answer.headers.set('location', withClosedCode(location))
  answer.headers.set('cache-control', unshared(answer.headers.get('cache-control')))
  return answer
}

function nothingThere() {
  return new AppError('not_found', { userMessage: message('people.noSuchDoor') })
}
