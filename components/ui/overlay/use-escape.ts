import { useEffect, useEffectEvent } from 'react'

interface EscapeOptions {
  /** Whether it is meant for this where it was pressed: what opens above a page closes at Escape itself. */
  isMeant: (pressedIn: Element) => boolean
  isListening?: boolean
}

/** Calls back at Escape, wherever the focus is, unless what has the focus has made use of it. */
export function useEscape(act: () => void, { isMeant, isListening = true }: EscapeOptions) {
  const press = useEffectEvent(({ key, target, defaultPrevented }: KeyboardEvent) => {
    if (key !== 'Escape' || defaultPrevented || !(target instanceof Element)) return
    if (isMeant(target)) act()
  })
  useEffect(() => {
    if (!isListening) return undefined
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [isListening])
}
