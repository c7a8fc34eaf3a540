'use client'

import { useEffect, useState } from 'react'
import { serverNow } from '#lib/contract/answer-headers'
import type { FileView } from '#lib/contract/file-view'
import { secondsBetween } from '#lib/messages/format'

/** An unfinished video is never shown as done, not even by the provider's figure. */
const ceilingPercent = 99

export interface ProgressEstimate {
  /** Null where it is unknown. */
  percent: number | null
  /** Reported by the provider, or estimated from past runs. */
  source: 'reported' | 'estimated' | 'unknown'
  /** Since the video left the queue; before that, since it was asked for. */
  elapsedSeconds: number
  /** True once it takes longer than its model usually does. */
  isOverdue: boolean
}

type TimedView = Pick<FileView, 'state' | 'progress' | 'expected' | 'createdAt' | 'startedAt'>

/** How far an unfinished video is: the provider's figure if it reports one, else elapsed over expected time. */
export function progressEstimate(view: TimedView, nowMs: number): ProgressEstimate {
  const elapsedSeconds = secondsBetween(view.startedAt ?? view.createdAt, nowMs)
  const expectedSeconds = view.startedAt ? (view.expected?.seconds ?? null) : null
  const isOverdue = expectedSeconds !== null && elapsedSeconds > expectedSeconds
  const common = { elapsedSeconds, isOverdue }
  if (view.progress !== null)
    return { ...common, percent: Math.min(view.progress, ceilingPercent), source: 'reported' }
  if (!expectedSeconds || view.state === 'submit_unknown')
    return { ...common, percent: null, source: 'unknown' }
  const percent = Math.min((elapsedSeconds / expectedSeconds) * 100, ceilingPercent)
  return { ...common, percent, source: 'estimated' }
}

/** The server's time in milliseconds, updated ten times a second while running; once a second with reduced motion. */
export function useNow(isRunning = true) {
  const [nowMs, setNowMs] = useState(() => serverNow())
  useEffect(() => {
    if (!isRunning) return undefined
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    const timer = setInterval(() => setNowMs(serverNow()), isCalm ? 1000 : 100)
    return () => clearInterval(timer)
  }, [isRunning])
  return nowMs
}
