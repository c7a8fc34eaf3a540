'use client'

import { useCallback, useSyncExternalStore } from 'react'

const atServer = () => false

/** Whether the window fits a media query; false on the server. */
export function useMediaQuery(query: string) {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', listener)
      return () => list.removeEventListener('change', listener)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches, atServer)
}
