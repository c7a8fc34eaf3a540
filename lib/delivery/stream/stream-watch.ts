import type { ConnectionStatus } from '../connection-status.ts'

/**
 * A stream brings its first bytes at once, and after a cut the next one follows in two seconds or three: one that
 * brings nothing for so long is held up by something on the way.
 */
const graceMs = 4_000

/** What is known of the stream, over any number of connections. Tells every change. */
export class StreamWatch {
  private readonly onChange: () => void
  private timer: ReturnType<typeof setTimeout> | undefined
  private isAlive = false
  status: ConnectionStatus = 'disconnected'

  constructor(onChange: () => void) {
    this.onChange = onChange
  }

  /** A connection is being tried. */
  begin() {
    this.isAlive = false
    if (this.status === 'disconnected') this.become('connecting')
    this.expectBytes()
  }

  /** Bytes came. An answer without any is no stream yet: a proxy may keep them. */
  alive() {
    clearTimeout(this.timer)
    this.isAlive = true
    this.become('connected')
  }

  /** The connection ended. One that lived is followed by the next in a moment, which is no loss; others are given up on. */
  end(isSilent = false) {
    if (this.isAlive && !isSilent) return this.expectBytes()
    clearTimeout(this.timer)
    this.become('polling')
  }

  /** There is nothing to read any more. */
  rest() {
    clearTimeout(this.timer)
    this.become('disconnected')
  }

  private expectBytes() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.become('polling'), graceMs)
  }

  private become(status: ConnectionStatus) {
    if (status === this.status) return
    this.status = status
    this.onChange()
  }
}
