import { hash } from 'node:crypto'
import { noSession, sessionHeader } from '#lib/contract/answer-headers'
import { type Session, knownSession, readSession, sessionOf } from '../people/session.ts'
import { callerByKey } from './key-scopes.ts'
import { assertOwnPage } from './own-page.ts'
import type { RequestHead } from './request-guards.ts'
import { unshared } from './guard-answer.ts'
import { problemResponse } from './problem-response.ts'

export type SessionHandler<Asked extends RequestHead, Rest extends unknown[]> = (
  request: Asked,
  session: Session,
  ...rest: Rest
) => Promise<Response>

/**
 * A request handler that knows whose request it is: refuses what another site sends or asks for by a foreign name, and
 * turns every error into a problem answer. A request without a session sees what a user without files sees, and is
 * given none; the answer to one that only looks never sets a cookie.
 */
export function withSession<Asked extends RequestHead = Request, Rest extends unknown[] = []>(
  handle: SessionHandler<Asked, Rest>,
) {
  return guarded(handle, async (request) => (await knownSession(request)) ?? reader)
}

/** The same for what makes something of its own: a request without a session is given one, with a new account. */
export function withAccount<Asked extends RequestHead = Request, Rest extends unknown[] = []>(
  handle: SessionHandler<Asked, Rest>,
) {
  return guarded(handle, sessionOf)
}

function guarded<Asked extends RequestHead, Rest extends unknown[]>(
  handle: SessionHandler<Asked, Rest>,
  writerOf: (request: RequestHead) => Promise<Session>,
) {
  return async (request: Asked, ...rest: Rest): Promise<Response> => {
    try {
      const session = await askerOf(request, writerOf)
      const response = await handle(request, session, ...rest).catch((error: unknown) =>
        problemResponse(error, request),
      )
      response.headers.set(sessionHeader, markOf(session))
      for (const cookie of session.setCookies) response.headers.append('set-cookie', cookie)
      if (session.setCookies.length > 0)
        response.headers.set('cache-control', unshared(response.headers.get('cache-control')))
      return response
    } catch (error) {
      return problemResponse(error, request)
    }
  }
}

/**
 * By its API key where it brings one, else by its session. A browser brings its cookies wherever a request comes from, so
 * a page of our own must ask; a key is sent by who has it.
 */
async function askerOf(
  request: RequestHead,
  writerOf: (request: RequestHead) => Promise<Session>,
): Promise<Session> {
  const byKey = await callerByKey(request)
  if (byKey) return { ...byKey, isNew: false, setCookies: [] }
  if (request.method === 'GET' || request.method === 'HEAD') return readerOf(request)
  assertOwnPage(request)
  return writerOf(request)
}

/** Of a reader without a session. No account has this id. */
export const noUser = ''

const reader: Session = {
  ownerId: noUser,
  userId: noUser,
  isVisitor: true,
  role: 'user',
  keyId: null,
  scopes: null,
  isNew: true,
  setCookies: [],
}

/** Tells sessions apart, so that a page sees when it speaks for another one than before. */
function markOf({ ownerId }: Session) {
  if (ownerId === noUser) return noSession
  return hash('sha256', `session ${ownerId}`, 'hex').slice(0, 12)
}

async function readerOf(request: RequestHead): Promise<Session> {
  const caller = await readSession(request)
  return caller ? { ...caller, isNew: false, setCookies: [] } : reader
}
