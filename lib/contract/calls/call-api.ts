import { withBasePath } from './base-path.ts'
import { noteServerTime, sessionHeader } from '../answer-headers.ts'
import { noteBuild } from './build.ts'
import { pageSession, sessionTroubleOf } from './page-session.ts'
import { networkProblem, type Problem, ProblemError, readAnswer } from '../problem.ts'

/**
 * Every call a page makes to its server. Rejects with `ProblemError` where no answer came, in time or at all, and with the
 * reason of the abort where it was aborted on purpose. No route of ours redirects: a redirect (to the sign-in of a proxy, say) is not
 * followed but read as the answer it is.
 */
export async function callApi(
  url: RequestInfo | URL,
  init?: RequestInit,
  fetch = globalThis.fetch,
): Promise<Response> {
  try {
    const response = await fetch(url, { redirect: 'manual', ...init, ...markOf(init) })
    noteServerTime(response.headers)
    noteBuild(response)
    sessionTroubleOf(response)
    return response
  } catch (error) {
    const isLate = error instanceof DOMException && error.name === 'TimeoutError'
    if (init?.signal?.aborted && !isLate) throw error
    throw new ProblemError(networkProblem())
  }
}

/**
 * What changes something says whose page it comes from: where another tab has signed in as another account, or works for
 * another organization by now, it is refused instead of being paid for, or deleted, there.
 */
function markOf({ method = 'GET', headers: given }: RequestInit = {}) {
  const mark = pageSession()
  if (!mark || method === 'GET') return undefined
  const headers = new Headers(given)
  headers.set(sessionHeader, mark)
  return { headers }
}

/**
 * Why an upload got no answer: `XMLHttpRequest` cannot tell a lost connection from the redirect of a proxy's sign-in, so
 * the server is asked once more, for little.
 */
export async function problemOfSilence(fetch = globalThis.fetch): Promise<Problem> {
  const signal = AbortSignal.timeout(silenceMs)
  try {
    await readAnswer(await callApi(withBasePath('/api/models'), { signal }, fetch), isObject)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
  }
  return networkProblem()
}

const silenceMs = 5_000

function isObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null
}
