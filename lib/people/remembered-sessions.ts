import { hash } from 'node:crypto'
import type { Caller } from '#lib/contract/people/caller'
import { processWide } from '../process-wide.ts'

// What a poll costs is mostly the look-up of its session; one that was revoked lives on for at most this long.
const rememberMs = 10_000
const rememberedAtMost = 4_096

/** Who asks, and by which session. */
export interface KnownCaller {
  caller: Caller
  sessionId: string
}

interface Remembered extends KnownCaller {
  until: number
}

/** Whose session a cookie is, where that was looked up in the last ten seconds. */
export function rememberedCaller(cookieValue: string, now = Date.now()): KnownCaller | undefined {
  const found = memory().get(keyOf(cookieValue))
  return found && found.until > now ? found : undefined
}

/** Remembers by a hash, so that an entry is small whatever the cookie is; the oldest ones give way. */
export function rememberCaller(
  cookieValue: string,
  { caller, sessionId }: KnownCaller,
  now = Date.now(),
) {
  const sessions = memory()
  const key = keyOf(cookieValue)
  sessions.delete(key)
  sessions.set(key, { caller, sessionId, until: now + rememberMs })
  for (const [oldest, { until }] of sessions) {
    if (until > now && sessions.size <= rememberedAtMost) break
    sessions.delete(oldest)
  }
}

/** A session that is known to be over, or to ask for another owner now, is looked up again. */
export function forgetCaller(cookieValue: string) {
  memory().delete(keyOf(cookieValue))
}

/** The same for sessions by their ids, whatever cookies they came with. */
export function forgetSessions(ids: ReadonlySet<string>) {
  if (ids.size === 0) return
  for (const [key, { sessionId }] of memory()) if (ids.has(sessionId)) memory().delete(key)
}

export function rememberedCount() {
  return memory().size
}

function memory() {
  return processWide('remembered sessions', () => new Map<string, Remembered>())
}

function keyOf(cookieValue: string) {
  return hash('sha256', cookieValue, 'base64url')
}
