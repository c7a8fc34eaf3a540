'use client'

import { useEffect, useState } from 'react'

/** The time in milliseconds, renewed ten times a second while it is needed; once a second for those who want less motion. */
export function useNow(isRunning = true) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (!isRunning) return undefined
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => setNowMs(Date.now()), isCalm ? 1000 : 100)
    return () => clearInterval(timer)
  }, [isRunning])
  return nowMs
}
