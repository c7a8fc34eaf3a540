'use client'

import { useState } from 'react'

/** A text that is being edited, kept over reloads of this tab until it is forgotten or as it was. */
export function useKeptText(name: string, initial: string) {
  const key = `draft.${name}`
  const [text, setText] = useState(
    () => attemptStorage(() => sessionStorage.getItem(key)) ?? initial,
  )
  const forget = () => attemptStorage(() => sessionStorage.removeItem(key))
  const change = (next: string) => {
    setText(next)
    if (next === initial) forget()
    else attemptStorage(() => sessionStorage.setItem(key, next))
  }
  return [text, change, forget] as const
}

/** Null where storage is blocked or full: then the text lives as long as the page. */
function attemptStorage<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}
