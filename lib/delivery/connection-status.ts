/**
 * How news gets to this browser: by its one event stream; by polling alone where the stream was given up on; or not
 * at all, where polls are not answered either. `disconnected` where there is nothing to follow. `connecting` lasts
 * only until the first stream was given up on: from then on it is the poll that works, whatever else is tried.
 */
export type ConnectionStatus =
  | 'disconnected'
  | 'connecting'
  | 'connected'
  | 'polling'
  | 'unreachable'

/** What to call it, once it is known whether the last poll was answered. */
export function connectionStatusOf(stream: ConnectionStatus, isPollAnswered: boolean) {
  return stream === 'polling' && !isPollAnswered ? 'unreachable' : stream
}

let isPollAnswered = true
const pollListeners = new Set<() => void>()

/** Notes whether a poll, of a file or of the list, was answered by the server. */
export function notePoll(isAnswered: boolean) {
  if (isAnswered === isPollAnswered) return
  isPollAnswered = isAnswered
  for (const listener of pollListeners) listener()
}

export function wasPollAnswered() {
  return isPollAnswered
}

export function onPoll(listener: () => void) {
  pollListeners.add(listener)
  return () => void pollListeners.delete(listener)
}
