'use client'

import { Tag } from '#components/ui/tag'
import type { FileView } from '#lib/contract/file-view'
import { costWords, statusWords } from '../../../../components/video/status-words.ts'

/** Where the video is, what it is of, and who makes it. */
export function StageWords({ view }: { view: FileView }) {
  const { prompt, aspectRatio, resolution, duration } = view.settings
  const isStopped = view.status === 'failed' || view.status === 'canceled'
  return (
    <div>
      <p className="text-2xl font-semibold tracking-tight tabular-nums">{statusWords(view)}</p>
      <p className="mt-3 line-clamp-4 max-w-prose text-pretty text-soft">{prompt}</p>
      {view.status !== 'completed' && (
        <p className="mt-3 text-sm text-soft tabular-nums">
          {view.modelLabel}
          {!view.isDemo && ` by ${view.providerLabel}`}, {aspectRatio}, {resolution}, {duration} s{' '}
          {view.isDemo && <Tag>demo renderer, no AI</Tag>}
        </p>
      )}
      {isStopped && !!view.cost.estimatedUsd && (
        <p className="mt-1 text-sm tabular-nums">{costWords(view)}</p>
      )}
    </div>
  )
}
