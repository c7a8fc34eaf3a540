'use client'

import { useEffect, useEffectEvent } from 'react'

/** What answers to Escape by itself. */
const ownRooms = '[role=dialog], [role=alertdialog], aside'

/** Calls back at Escape, wherever the focus is on the page but for what closes at Escape itself. */
export function useEscape(isListening: boolean, act: () => void) {
  const onKey = useEffectEvent(({ key, target, defaultPrevented }: KeyboardEvent) => {
    if (key !== 'Escape' || defaultPrevented) return
    if (!(target instanceof Element && target.closest(ownRooms))) act()
  })
  useEffect(() => {
    if (!isListening) return undefined
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [isListening])
}
