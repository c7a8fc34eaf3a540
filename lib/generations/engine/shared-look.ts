import { log } from '../../log.ts'
import { processWide } from '../../process-wide.ts'

// However often a look at a provider is asked for, it is taken once in this time.
const windowMs = 3_000
const keptAtMost = 4_096

interface Look {
  at: number
  done: Promise<unknown>
  /** Asked for again meanwhile: one more is taken at the end of the window. */
  again?: true
}

/** Takes a look for a generation, or shares the one that was begun in the last seconds. */
export function sharedLook(id: string, look: () => Promise<unknown>, now: number) {
  const earlier = recent(`check ${id}`, now)
  return (earlier ?? begin(`check ${id}`, look, now)).done
}

/**
 * Takes a look for an attempt now, or at the end of the window where one was begun in the last seconds: the news that
 * comes last is looked at, too, and a thousand of them cost two looks.
 */
export async function spacedLook(
  idempotencyKey: string,
  look: () => Promise<unknown>,
  now: number,
) {
  const key = `news ${idempotencyKey}`
  const earlier = recent(key, now)
  if (!earlier) await begin(key, look, now).done
  else if (!earlier.again) {
    earlier.again = true
    const later = () => void begin(key, look, earlier.at + windowMs).done.catch(told)
    setTimeout(later, earlier.at + windowMs - now).unref()
  }
}

function told(error: unknown) {
  log().warn({ err: error }, 'a look was not taken')
}

function recent(key: string, now: number) {
  const look = looks().get(key)
  return look && isRecent(look, now) ? look : undefined
}

/** One of far ahead was begun before the clock was set back: it stands for no look until then. */
function isRecent({ at }: Look, now: number) {
  return Math.abs(now - at) < windowMs
}

function begin(key: string, look: () => Promise<unknown>, now: number): Look {
  const all = looks()
  const begun = { at: now, done: look() }
  all.delete(key)
  all.set(key, begun)
  for (const [oldest, look] of all) {
    if (isRecent(look, now) && all.size <= keptAtMost) break
    all.delete(oldest)
  }
  return begun
}

function looks() {
  return processWide('looks', () => new Map<string, Look>())
}
