interface Toast {
  kind: 'success' | 'error' | 'info'
  title: string
  description?: string
  /** Toasts of one id replace each other. */
  id?: string
  /** What can be done about it. */
  action?: { label: string; onClick: () => void }
  /** How long it stays; a few seconds unless said. */
  durationMs?: number
}

const waiting: Toast[] = []
let onWaiting: (() => void) | undefined

/** Shows a toast. The library that draws it is loaded with the first one, not with the page. */
export function showToast(toast: Toast) {
  waiting.push(toast)
  onWaiting?.()
}

/** Removes and returns the toasts that are not drawn yet. */
export function takeToasts() {
  return waiting.splice(0)
}

/** Calls back whenever toasts are waiting; at once where some are. One listener at a time. */
export function onToastsWaiting(listener: () => void) {
  onWaiting = listener
  if (waiting.length > 0) listener()
  return () => {
    if (onWaiting === listener) onWaiting = undefined
  }
}
