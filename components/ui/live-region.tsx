'use client'

import { useCallback, useEffect, useState } from 'react'

/** The page's one polite live region: progress of the videos, and the latest failed action. */
export function LiveRegion({ announcement }: { announcement: string }) {
  return (
    <output aria-live="polite" dir="auto" className="sr-only">
      {announcement}
    </output>
  )
}

const breathMs = 500

/**
 * The sentence for a page's live region, and a function that announces another. Sentences announced together are read
 * one after the other, and a repeated one is read again.
 */
export function useAnnouncer() {
  const [waiting, setWaiting] = useState<readonly string[]>([])
  const [sentence = ''] = waiting
  const announce = useCallback(
    (next: string) =>
      setWaiting((before) => [...before, before.at(-1) === next ? `${next}\u00A0` : next]),
    [],
  )
  useEffect(() => {
    if (!sentence) return undefined
    const timer = setTimeout(() => setWaiting(([, ...rest]) => rest), breathMs)
    return () => clearTimeout(timer)
  }, [sentence])
  return [sentence, announce] as const
}
