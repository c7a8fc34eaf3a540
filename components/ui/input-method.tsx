'use client'

import { useEffect } from 'react'

/**
 * Whether a key belongs to an input method, which composes a word with it or chooses one. Safari ends the composition
 * before it tells of the key that ended it; there only the key's code says so.
 */
export function isComposing({
  isComposing,
  keyCode,
}: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>) {
  return isComposing || keyCode === 229
}

/**
 * Keeps the keys of an input method from every shortcut of the page, a library's too: Enter, Escape and arrows choose
 * words there. What they type is not touched. Render it once, in front of what has shortcuts.
 */
export function InputMethodGuard() {
  useEffect(() => guardKeys(window), [])
  return null
}

/** The same for the keys that go through `target`, before all else; the result ends it. */
export function guardKeys(target: EventTarget) {
  const keep = (event: Event) => {
    if (isComposing(event as KeyboardEvent)) event.stopImmediatePropagation()
  }
  target.addEventListener('keydown', keep, { capture: true })
  target.addEventListener('keyup', keep, { capture: true })
  return () => {
    target.removeEventListener('keydown', keep, { capture: true })
    target.removeEventListener('keyup', keep, { capture: true })
  }
}
