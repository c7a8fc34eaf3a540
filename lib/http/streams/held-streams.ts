import { log } from '../../log.ts'
import { pace } from '../../pace.ts'
import { usableKeys } from '../../people/keys/bearer.ts'
import { liveSessions } from '../../people/live-sessions.ts'
import { forgetSessions } from '../../people/remembered-sessions.ts'
import type { Session } from '../../people/session.ts'
import { processWide } from '../../process-wide.ts'

/** A stream that is open, and for whom. */
interface Held extends Pick<Session, 'sessionId' | 'keyId' | 'ownerId'> {
  end(): void
}

/**
 * The open streams of this process with their sessions. A stream outlives the look-up of its session by hours, so
 * sessions and API keys are looked at again every few seconds, all of them in one query each: what one that is over, revoked,
 * adopted or banned has opened ends, and so does what asks for another owner by now.
 */
class HeldStreams {
  private readonly held = new Set<Held>()
  private timer: NodeJS.Timeout | undefined
  private isLooking = false

  get count() {
    return this.held.size
  }

  /** Holds a stream until the returned function is called. */
  add(stream: Held): () => void {
    if (stream.sessionId === null && stream.keyId === null) return () => {}
    this.held.add(stream)
    this.timer ??= setInterval(() => void this.look(), pace().sessionLookMs).unref()
    return () => this.remove(stream)
  }

  private remove(stream: Held) {
    this.held.delete(stream)
    if (this.held.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }

  private async look() {
    if (this.isLooking) return
    this.isLooking = true
    try {
      for (const stream of await this.over()) stream.end()
    } catch (error) {
      log().warn({ err: error }, 'the sessions of open streams could not be looked at')
    } finally {
      this.isLooking = false
    }
  }

  private async over() {
    const streams = [...this.held]
    const sessionIds = idsOf(streams.map(({ sessionId }) => sessionId))
    const keyIds = idsOf(streams.map(({ keyId }) => keyId))
    const [sessions, keys] = await Promise.all([liveSessions(sessionIds), usableKeys(keyIds)])
    const over = streams.filter(({ sessionId, keyId, ownerId }) => {
      if (keyId !== null) return !keys.has(keyId)
      const known = sessions.get(sessionId ?? '')
      return !known || known.isAdopted || known.caller.ownerId !== ownerId
    })
    forgetSessions(new Set(idsOf(over.map(({ sessionId }) => sessionId))))
    return over
  }
}

function idsOf(ids: (string | null)[]) {
  return [...new Set(ids.filter((id) => id !== null))]
}

export function heldStreams() {
  return processWide('held streams', () => new HeldStreams())
}

/** The same stream, cut off once its session is over. What feeds it is told that it is not read any more. */
export function untilOver(
  body: ReadableStream<Uint8Array>,
  { sessionId, keyId, ownerId }: Omit<Held, 'end'>,
) {
  const over = new AbortController()
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const end = () => over.abort(new Error('the session is over'))
  const release = heldStreams().add({ sessionId, keyId, ownerId, end })
  void body
    .pipeTo(writable, { signal: over.signal })
    .catch(() => {})
    .finally(release)
  return readable
}
