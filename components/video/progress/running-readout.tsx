'use client'

import { formatClock, formatSpan, formatTimecode } from '#components/ui/format.ts'
import type { FileView } from '#lib/contract/file-view'
import { progressEstimate, type ProgressEstimate, useNow } from './progress-estimate.ts'
import { statusLabel, statusMessage } from './status-label.ts'

/** The clock of an unfinished video, its provider, its progress with the source of the figure, and the current step. */
export function RunningReadout({ view }: { view: FileView }) {
  const estimate = progressEstimate(view, useNow())
  return (
    <div>
      <p translate="no" className="font-semibold text-clock tabular-nums" aria-hidden="true">
        {formatClock(estimate.elapsedSeconds)}
      </p>
      {/* Comes and goes: its place is kept. */}
      <p dir="auto" className="mt-2 min-h-5 text-sm text-pretty text-soft">
        {statusMessage(view)}
      </p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums [&>dt]:text-soft">
        {!view.isDemo && (
          <>
            <dt>Made by</dt>
            <dd>{view.providerLabel}</dd>
          </>
        )}
        <dt>Expected</dt>
        <dd>
          <span>{expectedLabel(view.expected) ?? 'unknown, no past runs yet'}</span>
          {estimate.isOverdue && !view.isDelayed && (
            <p className="text-soft">Longer than usual so far.</p>
          )}
        </dd>
        <dt>Developed</dt>
        <dd translate="no">{developedLabel(estimate, view)}</dd>
      </dl>
    </div>
  )
}

function developedLabel({ percent, source }: ProgressEstimate, { expected }: FileView) {
  if (percent === null) return 'not known'
  const whose = source === 'reported' ? 'reported' : estimatedLabel(expected)
  return `${Math.floor(percent)} %, ${whose}`
}

/** An unfinished video in one line: status, progress with the source of the figure, elapsed time; below it the current step. */
export function RunningLabel({ view }: { view: FileView }) {
  const { percent, source, elapsedSeconds } = progressEstimate(view, useNow())
  const progress = percent === null ? null : `${Math.floor(percent)} % ${source}`
  const time = formatTimecode(Math.floor(elapsedSeconds))
  const message = statusMessage(view)
  return (
    <>
      <span translate="no">{[statusLabel(view), progress, time].filter(Boolean).join(', ')}</span>
      {message && (
        <span dir="auto" className="mt-1 block font-sans text-pretty">
          {message}
        </span>
      )}
    </>
  )
}

/** "usually 41 s, 9 in 10 within 70 s, estimated from 12 runs". Null before the first run. */
export function expectedLabel(expected: FileView['expected']) {
  if (!expected) return null
  const { seconds, p90Seconds } = expected
  const most = p90Seconds === null ? '' : `, 9 in 10 within ${formatSpan(p90Seconds)}`
  return `usually ${formatSpan(seconds)}${most}, ${estimatedLabel(expected)}`
}

/** "estimated from 12 runs"; "estimated" for the catalogue's figure. */
export function estimatedLabel(expected: FileView['expected']) {
  if (!expected?.runs) return 'estimated'
  return `estimated from ${expected.runs} ${expected.runs === 1 ? 'run' : 'runs'}`
}
