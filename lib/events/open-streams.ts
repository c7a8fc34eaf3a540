import { pace } from '../pace.ts'
import { processWide } from '../process-wide.ts'
import { encodeOpening, heartbeat } from './encode-event.ts'

/** What the registry may do to a stream that is open. */
export interface OpenStream {
  send(text: Uint8Array): void
  end(): void
}

// After a restart all clients reconnect; soon, because videos are waiting.
const retryAfterEndMs = 500

const encoder = new TextEncoder()
const heartbeatBytes = encoder.encode(heartbeat)
const farewellBytes = encoder.encode(encodeOpening(retryAfterEndMs))

/** Every event stream of this process: one heartbeat timer for all, and one place to end them all from. */
class OpenStreams {
  private readonly streams = new Set<OpenStream>()
  private timer: NodeJS.Timeout | undefined

  get count() {
    return this.streams.size
  }

  add(stream: OpenStream) {
    this.streams.add(stream)
    this.timer ??= setInterval(() => this.beat(), pace().heartbeatMs).unref()
  }

  remove(stream: OpenStream) {
    this.streams.delete(stream)
    if (this.streams.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** Ends every stream and tells the clients to come back in half a second. */
  endAll() {
    for (const stream of this.streams) this.endOne(stream)
  }

  /** The same for one of them. */
  endOne(stream: OpenStream) {
    stream.send(farewellBytes)
    stream.end()
  }

  private beat() {
    for (const stream of this.streams) stream.send(heartbeatBytes)
  }
}

export function openStreams() {
  return processWide('open streams', () => new OpenStreams())
}
