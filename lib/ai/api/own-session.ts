import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { isProblem, type Problem } from '#lib/contract/problem'

type Fetch = typeof globalThis.fetch

const timeoutMs = 20_000
let opened: Promise<Response> | undefined

/**
 * Sends what makes something of the user's, once this browser has a session: an answer that is lost then belongs to an
 * owner who can ask again. The session is opened once a page; where it is refused, that is the answer. A session that
 * was lost since is given by the answer that asks for it, and the request is sent once more. Where that one comes
 * without a session too, the browser keeps no cookies, and is named as what stands in the way.
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
  return Response.json(cookiesRefused, { status: cookiesRefused.status })
}

/** Opens the session of this page, once. The answer where it is refused: it is asked for again the next time. */
async function refusalOfSession(fetch: Fetch): Promise<Response | undefined> {
  opened ??= inTurn(() => openSession(fetch))
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

function openSession(fetch: Fetch) {
  const init = { method: 'POST', signal: AbortSignal.timeout(timeoutMs) }
  return callApi(withBasePath('/api/session'), init, fetch)
}

/** Two tabs that open a session at once would get one each, and lose the first: they take turns where browsers can. */
function inTurn(open: () => Promise<Response>): Promise<Response> {
  const locks = 'locks' in navigator ? (navigator.locks as LockManager | undefined) : undefined
  return locks ? locks.request('photofinish session', open) : open()
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
  detail:
    'Your browser refuses cookies for this site. Videos belong to a session, and the session is kept in a cookie: ' +
    'allow cookies for this site, then try again. Nothing was started, and nothing is charged.',
  code: 'cookies_refused',
  retryable: true,
  traceId: '',
}
