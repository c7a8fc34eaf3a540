'use client'

import { clsx } from 'clsx'
import type { ConnectionStatus } from '#lib/delivery/connection-status'

export interface ConnectionIndicatorProps {
  status: ConnectionStatus
  /** Whether anything is under way that needs following. */
  isFollowing: boolean
}

/** A dot and a word: how news of the videos under way gets here. */
export function ConnectionIndicator({ status, isFollowing }: ConnectionIndicatorProps) {
  const word = connectionWord(status, isFollowing)
  return (
    <span
      className="flex items-center gap-2 text-sm text-soft"
      title="How news of your videos gets here"
    >
      <span
        aria-hidden="true"
        className={clsx(
          'size-2 rounded-full border',
          status === 'connected' ? 'border-signal bg-signal' : 'border-edge',
        )}
      />
      <span className="max-sm:sr-only">{word}</span>
    </span>
  )
}

function connectionWord(status: ConnectionIndicatorProps['status'], isFollowing: boolean) {
  if (status === 'connected') return 'Stream live'
  if (!isFollowing) return 'Standing by'
  return status === 'connecting' ? 'Connecting' : 'Polling'
}
