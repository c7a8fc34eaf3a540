import { sessionHeader } from '#lib/contract/answer-headers'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { inTurn } from '#lib/contract/calls/in-turn'
import { cookiesRefusedAnswer } from './send-with-session.ts'

type Fetch = typeof globalThis.fetch

const timeoutMs = 20_000
let opened: Promise<Response> | undefined

/**
 * Sends what makes something of the user's, once this browser has a session: an answer that is lost then belongs to an
 * owner who can ask again. The session is opened once a page; where it is refused, that is the answer.
 */
export async function withOwnSession(
  send: () => Promise<Response>,
  fetch: Fetch = globalThis.fetch,
): Promise<Response> {
  // Two tabs that open a session at once would get one each, and lose the first.
  opened ??= inTurn('photofinish session', () => openSession(fetch))
  const session = opened
  const answer = await session.catch((error: unknown) => {
    if (opened === session) opened = undefined
    throw error
  })
  if (answer.ok) return send()
  // Refused, and asked for again the next time.
  if (opened === session) opened = undefined
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
