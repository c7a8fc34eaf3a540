'use client'

import { useCallback, useEffect, useState } from 'react'

/** The page's one polite live region: how the videos get on, and the latest action that failed. */
export function LiveRegion({ announcement }: { announcement: string }) {
  return (
    <output aria-live="polite" className="sr-only">
      {announcement}
    </output>
  )
}

const breathMs = 500

/**
 * The sentence for a page's live region, and a way to say another: those said in one breath follow one another, and
 * the same one twice is heard twice.
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
