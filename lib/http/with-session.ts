import { hash } from 'node:crypto'
import { formerSessionHeader, noSession, sessionHeader } from '#lib/contract/answer-headers'
import { message } from '#lib/messages/message'
import { signedInMeanwhile } from '../generations/start/room.ts'
import { AppError } from '../errors.ts'
import {
  type Reader,
  type Session,
  freshReader,
  knownSession,
  noReader,
  readSession,
  sessionOf,
} from '../people/session.ts'
import { isJustAdopted } from '../people/live-sessions.ts'
import { PushStream } from '../events/push-stream.ts'
import { untilOver } from './streams/held-streams.ts'
import { callerByKey } from './front-door/key-scopes.ts'
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

/** The same for what tells of others or of money: who asks is looked up also for one that only looks. */
export function withFreshSession<Asked extends RequestHead = Request, Rest extends unknown[] = []>(
  handle: SessionHandler<Asked, Rest>,
) {
  const writerOf = async (request: RequestHead) => (await knownSession(request)) ?? reader
  return guarded(handle, writerOf, freshReader)
}

function guarded<Asked extends RequestHead, Rest extends unknown[]>(
  handle: SessionHandler<Asked, Rest>,
  writerOf: (request: RequestHead) => Promise<Session>,
  readerOf: (request: RequestHead) => Promise<Reader | undefined> = readSession,
) {
  return async (request: Asked, ...rest: Rest): Promise<Response> => {
    try {
      const session = await askerOf(request, readerOf, writerOf)
      if (session.isAdopted) throw signedInMeanwhile()
      assertItsPage(request, session)
      const answer = await handle(request, session, ...rest).catch((error: unknown) =>
        problemResponse(error, request),
      )
      const isEarly = answer.status === 404 && (session.isUnsettled || (await hasMoved(session)))
      return marked(isEarly ? problemResponse(stillMoving(), request) : answer, session)
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
  readerOf: (request: RequestHead) => Promise<Reader | undefined>,
  writerOf: (request: RequestHead) => Promise<Session>,
): Promise<Session> {
  const byKey = await callerByKey(request)
  if (byKey) return asSession({ ...noReader, ...byKey })
  if (request.method === 'GET' || request.method === 'HEAD')
    return asSession(await readerOf(request))
  assertOwnPage(request)
  return writerOf(request)
}

/**
 * Throws where a page that changes something was opened for another account or organization than its session is for by now.
 * A visitor's session has nothing that another one's page could spend.
 */
function assertItsPage({ method, headers }: RequestHead, session: Session) {
  const ofPage = headers.get(sessionHeader)
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead || session.isVisitor || session.keyId !== null || !ofPage || ofPage === noSession)
    return
  const { formerId } = session
  const former = formerId && markOf({ ownerId: formerId, userId: formerId })
  if (ofPage === markOf(session) || ofPage === former) return
  throw new AppError('not_possible_now', {
    userMessage: message('errors.otherAccount'),
    logMessage: 'from a page of another account or organization',
  })
}

function marked(given: Response, session: Session) {
  const response = endingWith(session, given)
  const { formerId, setCookies } = session
  response.headers.set(sessionHeader, markOf(session))
  if (formerId)
    response.headers.set(formerSessionHeader, markOf({ ownerId: formerId, userId: formerId }))
  for (const cookie of setCookies) response.headers.append('set-cookie', cookie)
  if (setCookies.length > 0)
    response.headers.set('cache-control', unshared(response.headers.get('cache-control')))
  return response
}

/** Ends what is streamed once its session is over. The event stream sees to that itself. */
function endingWith(session: Session, answer: Response) {
  const { body, status, headers } = answer
  const isStream = headers.get('content-type')?.startsWith('text/event-stream')
  if (!body || !isStream || body instanceof PushStream) return answer
  return new Response(untilOver(body, session), { status, headers })
}

/** Of a reader without a session. No account has this id. */
export const noUser = noReader.ownerId

const reader: Session = { ...noReader, isNew: true, isAdopted: false, setCookies: [] }

function asSession(found: Reader | undefined): Session {
  return found ? { ...found, isNew: false, isAdopted: false, setCookies: [] } : reader
}

/** Tells sessions apart, so that a page sees when it speaks for another account or organization than before. */
function markOf({ ownerId, userId }: Pick<Session, 'ownerId' | 'userId'>) {
  if (ownerId === noUser) return noSession
  const whose = ownerId === userId ? ownerId : `${ownerId} ${userId}`
  return hash('sha256', `session ${whose}`, 'hex').slice(0, 12)
}

/**
 * Throws `service_unavailable`, for a moment, where what a visitor would see has just moved into an account: nothing of it
 * is lost, and the same request with the cookies of now finds it.
 */
export async function assertNotMoved(session: Session) {
  if (await hasMoved(session)) throw stillMoving()
}

async function hasMoved({ isVisitor, userId }: Session) {
  return isVisitor && userId !== noUser && (await isJustAdopted(userId))
}

function stillMoving() {
  return new AppError('service_unavailable', {
    userMessage: message('errors.stillMoving'),
    logMessage: 'asked for while it moves into an account',
    retryAfterSeconds: 1,
  })
}
