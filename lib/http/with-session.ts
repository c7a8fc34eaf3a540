import { type Session, sessionOf } from '../people/session.ts'
import { AppError } from '../errors.ts'
import { assertOwnHost } from './assert-own-host.ts'
import { problemResponse } from './problem-response.ts'
import type { RequestHead } from './request-head.ts'

export type SessionHandler<Asked extends RequestHead, Rest extends unknown[]> = (
  request: Asked,
  session: Session,
  ...rest: Rest
) => Promise<Response>

/**
 * A request handler that knows whose request it is: refuses what another site sends or asks for by a foreign name, gives a session to whoever
 * has none, and turns every error into a problem answer.
 */
export function withSession<Asked extends RequestHead = Request, Rest extends unknown[] = []>(
  handle: SessionHandler<Asked, Rest>,
) {
  return async (request: Asked, ...rest: Rest): Promise<Response> => {
    try {
      if (request.method !== 'GET' && request.method !== 'HEAD') assertOwnPage(request)
      const session = await sessionOf(request)
      const response = await handle(request, session, ...rest).catch(problemResponse)
      for (const cookie of session.setCookies) response.headers.append('set-cookie', cookie)
      return response
    } catch (error) {
      return problemResponse(error)
    }
  }
}

/** A page of another site must not spend or delete with the user's cookie. Programs send neither header. */
function assertOwnPage(request: RequestHead) {
  assertOwnHost(request)
  const { method, headers } = request
  const site = headers.get('sec-fetch-site')
  const origin = headers.get('origin')
  const isForeign = site
    ? site !== 'same-origin' && site !== 'none'
    : origin !== null && hostOf(origin) !== headers.get('host')
  if (!isForeign) return
  throw new AppError('cross_site_request', {
    userMessage: 'This request came from another site and was refused.',
    logMessage: `cross-site ${method} from ${origin}`,
  })
}

function hostOf(origin: string) {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
