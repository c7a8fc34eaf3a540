import { isKeyAsBefore, usableKeys } from '../../people/keys/bearer.ts'
import { liveSessions } from '../../people/live-sessions.ts'
import { forgetSessions } from '../../people/remembered-sessions.ts'
import type { Session } from '../../people/session.ts'
import { processWide } from '../../process-wide.ts'
import { Held, cutOff } from './held.ts'

/** By what something was asked for, and for whom. */
type Asked = Pick<Session, 'sessionId' | 'keyId' | 'scopes' | 'ownerId'>

/** A stream that is open. */
interface HeldStream extends Asked {
  end(): void
}

/** Of what was asked for a while ago, that whose session or key is over or may do less, or asks for another owner by now. */
export async function whatIsOver<T extends Asked>(asked: T[]): Promise<T[]> {
  const sessionIds = idsOf(asked.map(({ sessionId }) => sessionId))
  const keyIds = idsOf(asked.map(({ keyId }) => keyId))
  const [sessions, keys] = await Promise.all([liveSessions(sessionIds), usableKeys(keyIds)])
  return asked.filter(({ sessionId, keyId, scopes, ownerId }) => {
    if (keyId !== null) return !isKeyAsBefore(keys, { keyId, scopes })
    const known = sessions.get(sessionId ?? '')
    return !known || known.isAdopted || known.caller.ownerId !== ownerId
  })
}

function idsOf(ids: (string | null)[]) {
  return [...new Set(ids.filter((id) => id !== null))]
}

/**
 * The open streams of this process with their sessions and API keys, each looked up in one query: what one that is over,
 * revoked, adopted or banned, or a key that may do less, has opened ends, and so does what asks for another owner by now.
 */
class HeldStreams extends Held<HeldStream> {
  constructor() {
    super(overAndForgotten)
  }

  /** One without a session or a key has nothing to lose. */
  override add(stream: HeldStream) {
    return stream.sessionId === null && stream.keyId === null ? () => {} : super.add(stream)
  }
}

export function heldStreams() {
  return processWide('held streams', () => new HeldStreams())
}

async function overAndForgotten(held: HeldStream[]) {
  const over = await whatIsOver(held)
  forgetSessions(new Set(idsOf(over.map(({ sessionId }) => sessionId))))
  return over
}

/** The same stream, cut off once its session is over. */
export function untilOver(
  body: ReadableStream<Uint8Array>,
  { sessionId, keyId, scopes, ownerId }: Asked,
) {
  const hold = (end: () => void) => heldStreams().add({ sessionId, keyId, scopes, ownerId, end })
  return cutOff(body, hold, 'the session is over')
}
