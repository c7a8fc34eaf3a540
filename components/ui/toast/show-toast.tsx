import type { Sentence } from '#lib/messages/message'

interface Toast {
  kind: 'success' | 'error' | 'info'
  title: Sentence
  description?: Sentence
  /** Toasts of one id replace each other. */
  id?: string
  /** A button for the next step. */
  action?: { label: Sentence; onClick: () => void }
  /** How long it stays; a few seconds by default. */
  durationMs?: number
}

const waiting: Toast[] = []
let onWaiting: (() => void) | undefined

/** Shows a toast. The library that draws it is loaded with the first toast. */
export function showToast(toast: Toast) {
  waiting.push(toast)
  onWaiting?.()
}

/** Removes and returns the toasts that are not drawn yet. */
export function takeToasts() {
  return waiting.splice(0)
}

/** Calls back whenever toasts are pending, at once if some are already. One listener at a time. */
export function onToastsWaiting(listener: () => void) {
  onWaiting = listener
  if (waiting.length > 0) listener()
  return () => {
    if (onWaiting === listener) onWaiting = undefined
  }
}
