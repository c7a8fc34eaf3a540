'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { type DeliveryChannel, type FileView, isFinal } from '#lib/contract/file-view'
import { useNow } from './progress-estimate.ts'

/** A moment at which a channel delivered news of a file. */
export interface SignOfLife {
  via: DeliveryChannel
  /** The server's time in milliseconds, see `serverNow`. */
  at: number
}

interface SignalLanesProps {
  view: FileView
  signs: readonly SignOfLife[]
}

const lanes = ['sse', 'poll'] as const

/** The race of stream and poll in two hairlines: a tick for each sign of life; the winner's lane stays lit. */
export function SignalLanes({ view, signs }: SignalLanesProps) {
  const t = useTranslations('card')
  const nowMs = useNow(!isFinal(view))
  const fromMs = Date.parse(view.createdAt)
  const toMs = Math.max(fromMs + 1, ...signs.map(({ at }) => at), isFinal(view) ? 0 : nowMs)
  return (
    <div
      aria-hidden="true"
      className="mt-3 grid gap-1 forced-color-adjust-none font-mono text-tiny text-soft"
    >
      {lanes.map((channel) => (
        <Lane
          key={channel}
          name={t(`lane.${channel}`)}
          isWinner={view.deliveredBy === channel}
          ticks={signs
            .filter(({ via }) => via === channel)
            .map(({ at }) => ((at - fromMs) / (toMs - fromMs)) * 100)}
        />
      ))}
    </div>
  )
}

interface LaneProps {
  name: string
  isWinner: boolean
  /** Positions in percent of the lane. */
  ticks: number[]
}

function Lane({ name, isWinner, ticks }: LaneProps) {
  return (
    <div className={clsx('flex items-center gap-3', isWinner && 'text-signal-ink')}>
      <span className="w-12">{name}</span>
      <div className="relative h-2 flex-1">
        <span
          className={clsx(
            'absolute inset-x-0 top-1/2 h-px',
            isWinner ? 'bg-signal' : 'bg-hairline',
          )}
        />
        {ticks.map((percent) => (
          <span
            key={percent}
            style={{ left: `${Math.min(100, Math.max(0, percent))}%` }}
            className="absolute inset-y-0 w-px bg-current"
          />
        ))}
      </div>
    </div>
  )
}

/**
 * The view with the channel that delivered it, as this browser saw it: the channel of the last sign of life. What the
 * server has recorded takes precedence.
 */
export function withSeenDelivery(view: FileView, signs: readonly SignOfLife[]): FileView {
  const last = signs.at(-1)
  if (view.status !== 'completed' || view.deliveredBy || !last || !view.finishedAt) return view
  const deliveredAfterMs = Math.max(0, last.at - Date.parse(view.finishedAt))
  return { ...view, deliveredBy: last.via, deliveredAfterMs }
}
