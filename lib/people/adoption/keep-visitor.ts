import { auth } from '../auth.ts'
import { liveSessions } from '../live-sessions.ts'
import { forgetCaller } from '../remembered-sessions.ts'
import { accountCookieOf, freshReader } from '../session.ts'
import { isSessionCookie, sessionCookiesIn } from '../session-cookies.ts'
import { formerCookieLine } from './former-cookie.ts'

/**
 * Has a request handled that may sign a user in or out. A visitor's session is nothing to the library: it is not shown
 * to it, and stays the browser's until a sign-in is complete, second factor included. From then on a cookie says who the
 * browser was: the next request that brings it with the account's session moves the visitor's work. Where the answer is
 * lost, the browser still is the visitor, and nothing was moved.
 */
export async function keepVisitor(
  request: Request,
  handle: (request: Request) => Promise<Response>,
): Promise<Response> {
  const reader = await freshReader(request)
  try {
    if (reader?.isVisitor)
      return await withFormer(await handle(withSession(request)), reader.userId)
    return await handle(reader ? await withAccount(request) : request)
  } finally {
    // Its session may be over now, or ask for another owner.
    for (const { value } of sessionCookiesIn(request.headers.get('cookie'))) forgetCaller(value)
  }
}

/** The library reads one session, by the name of now: it is shown the account's, whatever else the browser brings. */
async function withAccount(request: Request) {
  const { name } = (await auth().$context).authCookies.sessionToken
  const value = await accountCookieOf(request)
  return value === undefined ? request : withSession(request, `${name}=${value}`)
}

function withSession(request: Request, session?: string) {
  const headers = new Headers(request.headers)
  const cookies = headers.get('cookie')?.split(';') ?? []
  const others = cookies.filter((cookie) => !isSessionCookie(cookie))
  headers.set('cookie', [...(session ? [session] : []), ...others].join(';'))
  return new Request(request, { headers })
}

async function withFormer(answer: Response, visitorId: string) {
  const { name, attributes } = (await auth().$context).authCookies.sessionToken
  const headers = new Headers(answer.headers)
  const lines = headers.getSetCookie()
  const isOfSession = (line: string) => line.startsWith(`${name}=`)
  const given = sessionCookiesIn(lines.find(isOfSession))[0]?.value
  const accountId = given ? await accountOf(name, given) : undefined
  if (accountId) headers.append('set-cookie', formerCookieLine(visitorId, accountId, attributes))
  else {
    headers.delete('set-cookie')
    for (const line of lines) if (!isOfSession(line)) headers.append('set-cookie', line)
  }
  const { status, statusText, body } = answer
  return new Response(body, { status, statusText, headers })
}

async function accountOf(name: string, value: string) {
  const headers = new Headers({ cookie: `${name}=${value}` })
  const found = await auth().api.getSession({ headers, query: { disableRefresh: true } })
  const caller = found && (await liveSessions([found.session.id])).get(found.session.id)?.caller
  return caller && !caller.isVisitor ? caller.userId : undefined
}
