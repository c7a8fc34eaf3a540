import { hash } from 'node:crypto'
import type { Caller } from '#lib/contract/people/caller'
import { processWide } from '../process-wide.ts'

// What a poll costs is mostly the look-up of its session; one that was revoked lives on for at most this long.
const rememberMs = 10_000
const rememberedAtMost = 4_096

interface Remembered {
  caller: Caller
  until: number
}

/** Whose session a cookie is, where that was looked up in the last ten seconds. */
export function rememberedCaller(cookieValue: string, now = Date.now()): Caller | undefined {
  const found = memory().get(keyOf(cookieValue))
  return found && found.until > now ? found.caller : undefined
}

/** Remembers by a hash, so that an entry is small whatever the cookie is; the oldest ones give way. */
export function rememberCaller(cookieValue: string, caller: Caller, now = Date.now()) {
  const sessions = memory()
  const key = keyOf(cookieValue)
  sessions.delete(key)
  sessions.set(key, { caller, until: now + rememberMs })
  for (const [oldest, { until }] of sessions) {
    if (until > now && sessions.size <= rememberedAtMost) break
    sessions.delete(oldest)
  }
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
