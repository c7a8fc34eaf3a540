import type { Problem } from '#lib/contract/problem'
import { env } from '../../env.ts'

/** What a request says about who asks, and from which page. */
interface Asked {
  headers: Pick<Headers, 'get'>
}

/** Every path of this door. */
export const openJourneyPath = /^\/api\/openjourney\//

/** A successful answer in this door's form. */
export function success(data: object, status = 200) {
  const headers = { 'cache-control': 'no-store' }
  return Response.json({ success: true, data }, { status, headers })
}

/**
 * An answer as this door's clients read it: problems in their form, and readable by pages of `OPENJOURNEY_ORIGINS`. No
 * other site reads one, and none is sent a cookie.
 */
export async function asOpenJourney(answer: Response, request: Asked): Promise<Response> {
  const told = answer.status >= 400 ? await failure(answer) : answer
  const headers = new Headers(told.headers)
  for (const [name, value] of corsHeaders(request)) headers.set(name, value)
  headers.delete('set-cookie')
  return new Response(told.body, { status: told.status, headers })
}

async function failure(answer: Response) {
  const { code, detail, retryable, errors } = (await answer.json()) as Problem
  const error = { code, message: detail, retryable, ...(errors && { fields: errors }) }
  const headers = new Headers(answer.headers)
  headers.set('content-type', 'application/json')
  headers.delete('content-length')
  return new Response(JSON.stringify({ success: false, error }), { status: answer.status, headers })
}

/** `OPTIONS`: whether a page of another site may ask. A browser asks that before it sends a key. */
export function preflight(request: Asked) {
  return new Response(null, { status: 204, headers: corsHeaders(request) })
}

function corsHeaders({ headers }: Asked): Headers {
  const origin = headers.get('origin')
  const allowed = new Headers({ vary: 'origin' })
  if (!origin || !env().OPENJOURNEY_ORIGINS.includes(origin)) return allowed
  allowed.set('access-control-allow-origin', origin)
  allowed.set('access-control-allow-methods', 'GET, POST')
  allowed.set('access-control-allow-headers', 'authorization, content-type, idempotency-key')
  allowed.set('access-control-expose-headers', 'retry-after, ratelimit, ratelimit-policy')
  allowed.set('access-control-max-age', '600')
  return allowed
}
