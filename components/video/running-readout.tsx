'use client'

import type { FileView } from '#lib/contract/file-view'
import { formatClock, formatSpan } from './format-time.ts'
import { progressEstimate, type ProgressEstimate } from './progress-estimate.ts'
import { useNow } from './use-now.ts'

/** The clock of a video under way, and whose word its progress is. */
export function RunningReadout({ view }: { view: FileView }) {
  const estimate = progressEstimate(view, useNow())
  return (
    <div>
      <p className="font-semibold text-clock tabular-nums" aria-hidden="true">
        {formatClock(estimate.elapsedSeconds)}
      </p>
      <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums">
        <dt className="text-soft">Expected</dt>
        <dd>{expectedWords(view, estimate)}</dd>
        <dt className="text-soft">Developed</dt>
        <dd>{developedWords(estimate)}</dd>
      </dl>
    </div>
  )
}

function expectedWords({ expected }: FileView, { isOverdue }: ProgressEstimate) {
  if (!expected) return 'unknown, no past runs yet'
  const runs = `${expected.runs} ${expected.runs === 1 ? 'run' : 'runs'}`
  const span = formatSpan(expected.seconds)
  return isOverdue ? `longer than the usual ${span}` : `${span}, estimated from ${runs}`
}

function developedWords({ percent, source }: ProgressEstimate) {
  return percent === null ? 'not known' : `${Math.floor(percent)} %, ${source}`
}
