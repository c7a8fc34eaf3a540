// What every answer says in its headers besides what was asked for, and what the browser makes of it.

/** The server's clock when it answered, in milliseconds since 1970. */
export const serverTimeHeader = 'x-server-time'

/** Which session the request came with: a short mark that is of no use to log in with, or `none`. */
export const sessionHeader = 'x-session'
export const noSession = 'none'

/** The mark of the visitor this browser was before it signed in: what was that one's is this session's now. */
export const formerSessionHeader = 'x-former-session'

/** Why what was a page's own is not found any more, although it was not deleted. */
export type SessionTrouble = 'other_session' | 'no_session'

/** Why a file is not found for a page any more. */
export type GoneReason = 'deleted' | SessionTrouble

// Enough to hear of the quickest answer now and then; few enough to follow a server whose clock is set.
const samplesKept = 8

/** By how much the server's clock was ahead of the browser's steady one, by the latest answers. */
let samples: number[] = []

/** Notes the server's time that an answer brings. */
export function noteServerTime(headers: Pick<Headers, 'get'>, steadyMs = performance.now()) {
  const sentMs = Number(headers.get(serverTimeHeader)) || Date.parse(headers.get('date') ?? '')
  if (sentMs > 0) samples = [...samples, sentMs - steadyMs].slice(-samplesKept)
}

/**
 * What time it is at the server, in milliseconds since 1970. Counted on by the browser's steady clock, so a clock
 * that is off, or is set while the page is open, changes nothing; before the first answer it is all there is. Every
 * answer was on its way for a while, so the largest sample is the best one.
 */
export function serverNow(steadyMs = performance.now()) {
  return samples.length === 0 ? Date.now() : steadyMs + Math.max(...samples)
}

/** For tests: as before the first answer. */
export function forgetServerTime() {
  samples = []
}
