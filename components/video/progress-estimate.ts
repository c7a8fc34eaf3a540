import type { FileView } from '#lib/contract/file-view'
import { secondsBetween } from './format-time.ts'

/** An unfinished video is never shown as done, whoever says so. */
const ceilingPercent = 99

export interface ProgressEstimate {
  /** Null where nobody can know. */
  percent: number | null
  /** Whose figure it is: the provider's own, or ours from past runs. */
  source: 'reported' | 'estimated' | 'unknown'
  /** Since the video left the queue; before that, since it was asked for. */
  elapsedSeconds: number
  /** True once it takes longer than its model usually does. */
  isOverdue: boolean
}

type TimedView = Pick<FileView, 'state' | 'progress' | 'expected' | 'createdAt' | 'startedAt'>

/** How far an unfinished video is: the provider's figure where there is one, else elapsed over expected time. */
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
