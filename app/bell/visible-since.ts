import { serverNow } from '#lib/contract/answer-headers'

let since = Infinity

/** Notes from when on this tab can be seen, until the returned function is called. */
export function watchVisibility() {
  const note = () => {
    since = document.visibilityState === 'visible' ? Math.min(since, serverNow()) : Infinity
  }
  note()
  document.addEventListener('visibilitychange', note)
  return () => document.removeEventListener('visibilitychange', note)
}

/** Whether this tab could be seen at a moment, and since. */
export function isVisibleSince(moment: string) {
  return Date.parse(moment) >= since
}
