import { message } from '#lib/messages/message'
import { sessionHeader } from '#lib/contract/answer-headers'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { inTurn } from '#lib/contract/calls/in-turn'
import { isProblem, type Problem } from '#lib/contract/problem'

type Fetch = typeof globalThis.fetch

const timeoutMs = 20_000
let opened: Promise<Response> | undefined

/**
 * Sends what makes something of the user's, once this browser has a session: an answer that is lost then belongs to an
 * owner who can ask again. The session is opened once a page; where it is refused, that is the answer. A session that
 * was lost since is given by the answer that asks for it, and the request is sent once more. Where that one comes
 * without a session too, the browser keeps no cookies, and the refusal names them as the cause.
 */
export async function withOwnSession(
  send: () => Promise<Response>,
  fetch: Fetch = globalThis.fetch,
): Promise<Response> {
  const refusal = await refusalOfSession(fetch)
  if (refusal) return refusal
  const answer = await send()
  if (!(await isWithoutSession(answer))) return answer
  const again = await send()
  if (!(await isWithoutSession(again))) return again
  return cookiesRefusedAnswer()
}

/** Opens the session of this page, once. The answer where it is refused: it is requested again the next time. */
async function refusalOfSession(fetch: Fetch): Promise<Response | undefined> {
  // Two tabs that open a session at once would get one each, and lose the first.
  opened ??= inTurn('photofinish session', () => openSession(fetch))
  const session = opened
  const forget = () => {
    if (opened === session) opened = undefined
  }
  const answer = await session.catch((error: unknown) => {
    forget()
    throw error
  })
  if (answer.ok) return undefined
  forget()
  return answer.clone()
}

async function openSession(fetch: Fetch): Promise<Response> {
  const first = await askForSession(fetch)
  if (!first.ok || seemsToKeepCookies()) return first
  // What would be made belongs to an account that cannot be found again, if the next answer is another one's.
  const second = await askForSession(fetch)
  const isKept = second.headers.get(sessionHeader) === first.headers.get(sessionHeader)
  return second.ok && !isKept ? cookiesRefusedAnswer() : second
}

function askForSession(fetch: Fetch) {
  const init = { method: 'POST', signal: AbortSignal.timeout(timeoutMs) }
  return callApi(withBasePath('/api/session'), init, fetch)
}

/** Whether a cookie of the page is kept. Where it is not, one of the server may still be. */
function seemsToKeepCookies() {
  if (typeof document === 'undefined') return true
  try {
    document.cookie = 'photofinish-probe=1; Max-Age=10; SameSite=Lax'
    const isKept = document.cookie.includes('photofinish-probe=1')
    document.cookie = 'photofinish-probe=; Max-Age=0; SameSite=Lax'
    return isKept
  } catch {
    return false
  }
}

/** In place of the server's answer, where a browser without cookies would send to no effect. */
function cookiesRefusedAnswer() {
  return Response.json(cookiesRefused, { status: cookiesRefused.status })
}

async function isWithoutSession(response: Response) {
  if (response.status !== 401) return false
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return isProblem(body) && body.code === 'session_required'
}

const cookiesRefused: Problem = {
  type: '/problems/cookies_refused',
  title: 'cookies refused',
  status: 401,
  detail: message('errors.cookiesRefused'),
  code: 'cookies_refused',
  retryable: true,
  traceId: '',
}
