'use client'

import { useState } from 'react'
import { attemptStorage } from '../attempt-storage.ts'

/** A text that is being edited, kept over reloads of this tab until it is forgotten or as it was. */
export function useKeptText(name: string, initial: string) {
  const key = `draft.${name}`
  const [text, setText] = useState(
    () => attemptStorage((storage) => storage.getItem(key)) ?? initial,
  )
  const forget = () => attemptStorage((storage) => storage.removeItem(key))
  const change = (next: string) => {
    setText(next)
    if (next === initial) forget()
    else attemptStorage((storage) => storage.setItem(key, next))
  }
  return [text, change, forget] as const
}
