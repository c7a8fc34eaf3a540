'use client'

import type { FileView } from '#lib/contract/file-view'
import { estimatedWords, expectedWords } from './expected-words.ts'
import { formatClock } from './format-time.ts'
import { messageWords } from './message-words.ts'
import { progressEstimate, type ProgressEstimate } from './progress-estimate.ts'
import { useNow } from './use-now.ts'

/** The clock of a video under way, who makes it, and whose word its progress is; and what is being done. */
export function RunningReadout({ view }: { view: FileView }) {
  const estimate = progressEstimate(view, useNow())
  return (
    <div>
      <p className="font-semibold text-clock tabular-nums" aria-hidden="true">
        {formatClock(estimate.elapsedSeconds)}
      </p>
      {/* Comes and goes: its place is kept. */}
      <p className="mt-2 min-h-5 text-sm text-pretty text-soft">{messageWords(view)}</p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums [&>dt]:text-soft">
        {!view.isDemo && (
          <>
            <dt>Made by</dt>
            <dd>{view.providerLabel}</dd>
          </>
        )}
        <dt>Expected</dt>
        <dd>
          {expectedWords(view.expected) ?? 'unknown, no past runs yet'}
          {estimate.isOverdue && !view.isDelayed && (
            <p className="text-soft">Longer than usual so far.</p>
          )}
        </dd>
        <dt>Developed</dt>
        <dd>{developedWords(estimate, view)}</dd>
      </dl>
    </div>
  )
}

function developedWords({ percent, source }: ProgressEstimate, { expected }: FileView) {
  if (percent === null) return 'not known'
  const whose = source === 'reported' ? 'reported' : estimatedWords(expected)
  return `${Math.floor(percent)} %, ${whose}`
}
