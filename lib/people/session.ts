import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import { adoptOnce } from './adoption/adopt-once.ts'
import { formerIn, noFormerCookieLine } from './adoption/former-cookie.ts'
import { auth } from './auth.ts'
import { type LiveSession, liveSessions } from './live-sessions.ts'
import { type KnownCaller, rememberCaller, rememberedCaller } from './remembered-sessions.ts'
import {
  type SessionCookie,
  sessionCookiesIn,
  setCookieLine,
  signInCookiesIn,
} from './session-cookies.ts'

/** Whose request it is, for one that only looks. */
export interface Reader extends Caller {
  /** Null where no session of a browser is behind it. */
  sessionId: string | null
  /** The visitor this browser was before it signed in, while pages may still be open that were opened then. */
  formerId: string | null
  /** That visitor's work is not here yet: what is not found may only be on its way. */
  isUnsettled: boolean
}

export interface Session extends Reader {
  /** Whether the user was made just now, for this request. */
  isNew: boolean
  /** Its work has just moved into an account, which this session is no way into: it may not begin anything any more. */
  isAdopted: boolean
  /** `Set-Cookie` lines the answer must carry: a session just given, carried over or extended. */
  setCookies: string[]
}

/** All that says whose a request is. */
export interface Headed {
  headers: Pick<Headers, 'get'>
}

const agentMaxLength = 255

// What a request was found to be, for as long as it lasts: its limits and its handler both ask.
const readers = new WeakMap<Headed, Promise<Reader | undefined>>()

/**
 * Whose request this is, for a request that only looks: gives no session, and no answer to it sets a cookie. What was
 * looked up in the last ten seconds holds; what must not wait asks `freshReader` or, to write, `knownSession`.
 */
export function readSession(request: Headed): Promise<Reader | undefined> {
  const known = readers.get(request)
  if (known) return known
  const found = findReader(request, rememberedCaller)
  readers.set(request, found)
  return found
}

/** The same by the database, as it is now. */
export function freshReader(request: Headed): Promise<Reader | undefined> {
  return findReader(request, () => undefined)
}

async function findReader(request: Headed, remembered: typeof rememberedCaller) {
  const known = await best(request, ({ value }) => remembered(value) ?? lookUp(value))
  return known && readerOf(request, known.found)
}

/**
 * Of the sessions that a browser brings, an account's: a visitor's that stayed by another name or for another path, or was
 * put there, stands for nothing beside it.
 */
async function best<T extends KnownCaller>(
  request: Headed,
  look: (cookie: SessionCookie) => T | undefined | Promise<T | undefined>,
) {
  let ofVisitor: { cookie: SessionCookie; found: T } | undefined
  for (const cookie of await candidates(request)) {
    const found = await look(cookie)
    if (found && !found.caller.isVisitor) return { cookie, found }
    if (found) ofVisitor ??= { cookie, found }
  }
  return ofVisitor
}

/** The value of the session cookie of a request, where it is an account's right now. */
export async function accountCookieOf(request: Headed): Promise<string | undefined> {
  const known = await best(request, ({ value }) => lookUp(value))
  return known && !known.found.caller.isVisitor ? known.cookie.value : undefined
}

/** The sessions of accounts that a browser brings, by whatever name: the one it asks by, and others of before. */
export async function accountSessionsOf(request: Headed): Promise<string[]> {
  const cookies = await candidates(request)
  const found = await Promise.all(cookies.map(({ value }) => lookUp(value)))
  return found.flatMap((one) => (one && !one.caller.isVisitor ? [one.sessionId] : []))
}

/** Whose request this is. A request without a session that can be read is given one, with a new anonymous account. */
export async function sessionOf(request: Headed): Promise<Session> {
  return (await knownSession(request)) ?? newSession(request)
}

/** The session behind one of the cookies, extended where it is time; one of an older name is carried over. */
export async function knownSession(request: Headed): Promise<Session | undefined> {
  const known = await best(request, ({ value }) => lookUp(value))
  if (!known) return undefined
  const { cookie, found } = known
  const { isAdopted } = found
  const reader = await readerOf(request, found)
  const setCookies = isAdopted ? [] : await cookiesToGive(request, cookie, found)
  const { attributes } = await cookieForm()
  const former = formerIn(request.headers.get('cookie'), reader.userId, attributes)
  if (former?.isOld && !reader.isUnsettled) setCookies.push(noFormerCookieLine(attributes))
  return { ...reader, isNew: false, isAdopted, setCookies }
}

/** Where the browser was a visitor with work of its own before, that is the account's before anything is answered. */
async function readerOf(request: Headed, { caller, sessionId }: KnownCaller): Promise<Reader> {
  const { attributes } = await cookieForm()
  const former = caller.isVisitor
    ? undefined
    : formerIn(request.headers.get('cookie'), caller.userId, attributes)
  const isSettled = !former || (await adoptOnce(former.visitorId, caller.userId))
  return {
    ...caller,
    sessionId,
    formerId: former?.visitorId ?? null,
    isUnsettled: !isSettled,
  }
}

/** This installation's own cookie first: of the others only one that it has signed itself can mean anything. */
async function candidates(request: Headed): Promise<SessionCookie[]> {
  const cookies = sessionCookiesIn(request.headers.get('cookie'))
  if (cookies.length < 2) return cookies
  const { name } = await cookieForm()
  return cookies.toSorted((a, b) => Number(b.name === name) - Number(a.name === name))
}

interface Found extends KnownCaller, Pick<LiveSession, 'isAdopted'> {
  expiresAt: Date
}

async function lookUp(value: string): Promise<Found | undefined> {
  const { response } = await askLibrary(value, { disableRefresh: true })
  if (!response) return undefined
  const { id: sessionId, expiresAt } = response.session
  const live = (await liveSessions([sessionId])).get(sessionId)
  if (!live) return undefined
  rememberCaller(value, { caller: live.caller, sessionId })
  return { ...live, sessionId, expiresAt }
}

async function askLibrary(value: string, query: { disableRefresh: boolean }, others = '') {
  const { name } = await cookieForm()
  const headers = new Headers({ cookie: `${name}=${value}${others}` })
  return auth().api.getSession({ headers, query, returnHeaders: true }).catch(failed)
}

/** One that is extended comes with a cookie that lasts longer; one of an older name gets the name of now. */
async function cookiesToGive(
  request: Headed,
  { name: given, value }: SessionCookie,
  { expiresAt }: Found,
) {
  const { sessionConfig } = await auth().$context
  const { name, attributes } = await cookieForm()
  const age = sessionConfig.expiresIn - sessionConfig.updateAge
  const isDue = expiresAt.getTime() - age * 1000 <= Date.now()
  // One of them says that the session is to end with the browser.
  const others = signInCookiesIn(request.headers.get('cookie'))
  const besides = others.map((cookie) => `; ${cookie.name}=${cookie.value}`).join('')
  const extended = isDue
    ? (await askLibrary(value, { disableRefresh: false }, besides)).headers.getSetCookie()
    : []
  if (extended.length > 0 || given === name) return extended
  return [setCookieLine(name, value, attributes)]
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
  return {
    ...noReader,
    ownerId: signedIn.response.user.id,
    userId: signedIn.response.user.id,
    isNew: true,
    isAdopted: false,
    setCookies: signedIn.headers.getSetCookie(),
  }
}

/** One without a session: sees what a user without files sees. No account has this id. */
export const noReader: Reader = {
  ownerId: '',
  userId: '',
  isVisitor: true,
  role: 'user',
  keyId: null,
  scopes: null,
  sessionId: null,
  formerId: null,
  isUnsettled: false,
}

async function cookieForm() {
  return (await auth().$context).authCookies.sessionToken
}
