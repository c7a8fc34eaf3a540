import { isProblem, type Problem } from '#lib/contract/problem'

/**
 * Sends a request, and once more where the server has it come with a session: its answer gave one. Where the second
 * one comes without it too, the browser keeps no cookies, and is named as what stands in the way.
 */
export async function sendWithSession(send: () => Promise<Response>): Promise<Response> {
  const first = await send()
  if (!(await isWithoutSession(first))) return first
  const second = await send()
  if (!(await isWithoutSession(second))) return second
  return cookiesRefusedAnswer()
}

/** In place of the server's answer to what a browser without cookies would send in vain. */
export function cookiesRefusedAnswer() {
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
  detail:
    'Your browser refuses cookies for this site. Videos belong to a session, and the session is kept in a cookie: ' +
    'allow cookies for this site, then try again. Nothing was started, and nothing is charged.',
  code: 'cookies_refused',
  retryable: true,
  traceId: '',
}
