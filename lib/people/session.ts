import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import { auth } from './auth.ts'
import { rememberCaller, rememberedCaller } from './remembered-sessions.ts'
import { type SessionCookie, sessionCookiesIn, setCookieLine } from './session-cookies.ts'

export interface Session extends Caller {
  /** Whether the user was made just now, for this request. */
  isNew: boolean
  /** `Set-Cookie` lines the answer must carry: a session just given, carried over or extended. */
  setCookies: string[]
}

/** All that says whose a request is. */
interface Headed {
  headers: Pick<Headers, 'get'>
}

const agentMaxLength = 255

// What a request was found to be, for as long as it lasts: its limits and its handler both ask.
const readers = new WeakMap<Headed, Promise<Caller | undefined>>()

/** Whose request this is, for a request that only looks: gives no session, and no answer to it sets a cookie. */
export function readSession(request: Headed): Promise<Caller | undefined> {
  const known = readers.get(request)
  if (known) return known
  const found = findReader(request)
  readers.set(request, found)
  return found
}

async function findReader(request: Headed) {
  for (const { value } of await candidates(request)) {
    const caller = rememberedCaller(value) ?? (await lookUp(value, false))?.caller
    if (caller) return caller
  }
  return undefined
}

/** Whose request this is. A request without a session that can be read is given one, with a new anonymous account. */
export async function sessionOf(request: Headed): Promise<Session> {
  return (await knownSession(request)) ?? newSession(request)
}

/** The session behind one of the cookies, extended where it is time; one of an older name is carried over. */
export async function knownSession(request: Headed): Promise<Session | undefined> {
  const { name, attributes } = await cookieForm()
  for (const cookie of await candidates(request)) {
    const found = await lookUp(cookie.value, true)
    if (!found) continue
    const isCarriedOver = cookie.name !== name && found.setCookies.length === 0
    const carried = isCarriedOver ? [setCookieLine(name, cookie.value, attributes)] : []
    return { ...found.caller, isNew: false, setCookies: [...found.setCookies, ...carried] }
  }
  return undefined
}

/** This installation's own cookie first: of the others only one that it has signed itself can mean anything. */
async function candidates(request: Headed): Promise<SessionCookie[]> {
  const cookies = sessionCookiesIn(request.headers.get('cookie'))
  if (cookies.length < 2) return cookies
  const { name } = await cookieForm()
  return cookies.toSorted((a, b) => Number(b.name === name) - Number(a.name === name))
}

async function lookUp(value: string, mayExtend: boolean) {
  const { name } = await cookieForm()
  const found = await auth()
    .api.getSession({
      headers: new Headers({ cookie: `${name}=${value}` }),
      query: { disableRefresh: !mayExtend },
      returnHeaders: true,
    })
    .catch(failed)
  // A session that was made in the very moment of a block is none.
  const user: SessionUser | undefined = found.response?.user
  if (!user || user.banned) return undefined
  const caller = callerOf(user)
  rememberCaller(value, caller)
  return { caller, setCookies: found.headers.getSetCookie() }
}

/** The library tells of a lost database as of any other trouble, without its cause. */
function failed(cause: unknown): never {
  throw new AppError('service_unavailable', {
    userMessage: message('errors.service_unavailable'),
    logMessage: 'a session could not be looked up',
    retryAfterSeconds: 5,
    cause,
  })
}

async function newSession(request: Headed): Promise<Session> {
  // Without the old cookie: one that means nothing any more must not be mixed with the new.
  const headers = new Headers()
  const agent = request.headers.get('user-agent')?.slice(0, agentMaxLength)
  if (agent) headers.set('user-agent', agent)
  const signedIn = await auth().api.signInAnonymous({ headers, returnHeaders: true })
  if (!signedIn.response) throw new Error('no anonymous account was made')
  const caller = callerOf(signedIn.response.user)
  return { ...caller, isNew: true, setCookies: signedIn.headers.getSetCookie() }
}

function callerOf({ id, isAnonymous, role }: SessionUser): Caller {
  const isVisitor = isAnonymous ?? false
  const known = !isVisitor && (role === 'owner' || role === 'admin') ? role : 'user'
  return { ownerId: id, userId: id, isVisitor, role: known, keyId: null, scopes: null }
}

interface SessionUser {
  id: string
  isAnonymous?: boolean | null | undefined
  role?: string | null | undefined
  banned?: boolean | null | undefined
}

async function cookieForm() {
  return (await auth().$context).authCookies.sessionToken
}
