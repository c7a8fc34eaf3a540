import { type SessionTrouble, noSession, sessionHeader } from '#lib/contract/answer-headers'

/** The session this page speaks for: that of the first answer that had one. */
let ours: string | undefined

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
  ours ??= session
  return session === ours ? undefined : 'other_session'
}

export function pageSession() {
  return ours
}

/** For tests: as on a page that was just opened. */
export function forgetPageSession() {
  ours = undefined
}
