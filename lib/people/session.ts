import { processWide } from '../process-wide.ts'
import { auth } from './auth.ts'

export interface Session {
  userId: string
  /** Whether the user was made just now, for this request. */
  isNew: boolean
  /** `Set-Cookie` lines the answer must carry: a session just given, or one whose time was extended. */
  setCookies: string[]
}

/** All that says whose a request is. */
type Headed = Pick<Request, 'headers'>

// What a poll costs is mostly this look-up; a session that was revoked lives on for at most this long.
const rememberMs = 10_000
const rememberedAtMost = 10_000

interface Remembered {
  userId: string
  until: number
}

/** Whose request this is. A request without a session is given one, with a new anonymous account. */
export async function sessionOf(request: Headed): Promise<Session> {
  const cookie = request.headers.get('cookie') ?? ''
  const remembered = memory().get(cookie)
  if (remembered && remembered.until > Date.now())
    return { userId: remembered.userId, isNew: false, setCookies: [] }
  return (await existingSession(request, cookie)) ?? newSession(request)
}

async function existingSession(request: Headed, cookie: string): Promise<Session | undefined> {
  if (!cookie.includes('photofinish.')) return undefined
  const { response, headers } = await auth().api.getSession({
    headers: request.headers,
    returnHeaders: true,
  })
  if (!response) return undefined
  remember(cookie, response.user.id)
  return { userId: response.user.id, isNew: false, setCookies: headers.getSetCookie() }
}

async function newSession(request: Headed): Promise<Session> {
  // Without the old cookie: one that means nothing any more must not be mixed with the new.
  const headers = new Headers()
  const agent = request.headers.get('user-agent')
  if (agent) headers.set('user-agent', agent)
  const signedIn = await auth().api.signInAnonymous({ headers, returnHeaders: true })
  if (!signedIn.response) throw new Error('no anonymous account was made')
  const { id } = signedIn.response.user
  return { userId: id, isNew: true, setCookies: signedIn.headers.getSetCookie() }
}

function memory() {
  return processWide('remembered sessions', () => new Map<string, Remembered>())
}

function remember(cookie: string, userId: string) {
  const sessions = memory()
  if (sessions.size >= rememberedAtMost) sessions.clear()
  sessions.set(cookie, { userId, until: Date.now() + rememberMs })
}
