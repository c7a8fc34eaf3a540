import {
  type SessionTrouble,
  formerSessionHeader,
  noSession,
  sessionHeader,
} from '../answer-headers.ts'

/** The session this page speaks for: that of the first answer that had one, or the account it has signed in to since. */
let ours: string | undefined
/** The visitor that account was before: all that was the visitor's is its own now. */
let former: string | undefined

/**
 * Whether an answer was given to another session than this page's own, or to none: cookies were cleared or are
 * refused, or another one took the place of the old.
 */
export function sessionTroubleOf({
  headers,
}: Pick<Response, 'headers'>): SessionTrouble | undefined {
  const session = headers.get(sessionHeader)
  if (!session) return undefined
  if (session === noSession) return 'no_session'
  const before = headers.get(formerSessionHeader) ?? undefined
  if (ours === undefined || ours === before) {
    ours = session
    former = before
  }
  return isPageSession(session) ? undefined : 'other_session'
}

/** Whether a mark is this page's session, or the visitor it was before. */
export function isPageSession(mark: string | null) {
  return mark !== null && (mark === ours || mark === former)
}

export function pageSession() {
  return ours
}

/** For tests: as on a page that was just opened. */
export function forgetPageSession() {
  ours = undefined
  former = undefined
}
