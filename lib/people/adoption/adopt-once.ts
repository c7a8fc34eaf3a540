import { log } from '../../log.ts'
import { processWide } from '../../process-wide.ts'
import { adopt } from './adopt.ts'

const knownAtMost = 4_096
// A move that failed is tried by the next request, but not by each of a hundred.
const restMs = 1_000

interface Known {
  done: Promise<boolean>
  /** Until when a failure holds; null where nothing is to be done any more. */
  until: number | null
}

/**
 * Sees to it that a visitor's work is the account's; true once it is. Every request that brings both sessions asks this:
 * what was done is remembered, and those that come at once wait for the same move. Never throws: what fails is logged and
 * tried again, and the account can be used meanwhile.
 */
export async function adoptOnce(
  visitorId: string,
  accountId: string,
  move: (visitorId: string, accountId: string) => Promise<void> = adopt,
): Promise<boolean> {
  const known = processWide('adoptions', () => new Map<string, Known>())
  const key = `${visitorId} ${accountId}`
  const before = known.get(key)
  if (before && (before.until ?? Infinity) > Date.now()) return before.done
  const entry: Known = { done: Promise.resolve(false), until: Infinity }
  entry.done = move(visitorId, accountId).then(
    () => {
      entry.until = null
      return true
    },
    (error: unknown) => {
      log().error({ err: error, visitorId, accountId }, 'anonymous work was not moved yet')
      entry.until = Date.now() + restMs
      return false
    },
  )
  known.set(key, entry)
  for (const oldest of known.keys()) {
    if (known.size <= knownAtMost) break
    known.delete(oldest)
  }
  return entry.done
}
