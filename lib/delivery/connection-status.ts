/**
 * How news gets to this browser: by its one event stream, or by polling alone where that does not come about.
 * `disconnected` also where there is nothing to follow.
 */
export type ConnectionStatus = 'disconnected' | 'connecting' | 'polling' | 'connected'

/** A stream that stands by then was never in doubt. */
const graceMs = 3_000
/** The slowest cadence of the poll, twice: without an answer for so long, it does not deliver either. */
const pollSilenceMs = 60_000

interface Line {
  stream: ConnectionStatus
  /** Since when the stream has been connecting, over any number of tries. */
  sinceMs: number
  /** When an answer last came while the stream did not stand. */
  answeredAtMs: number
  nowMs: number
}

/** What to call it: a stream that is kept from standing while polls are answered is polling, not connecting. */
export function connectionStatusOf({
  stream,
  sinceMs,
  answeredAtMs,
  nowMs,
}: Line): ConnectionStatus {
  if (stream !== 'connecting' || nowMs - sinceMs < graceMs) return stream
  return nowMs - answeredAtMs < pollSilenceMs ? 'polling' : 'connecting'
}
