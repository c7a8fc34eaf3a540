'use client'

import { useTranslations } from 'next-intl'
import type { FileView } from '#lib/contract/file-view'
import { formatClock, formatTimecode } from '#lib/messages/format'
import { useSay } from '#lib/messages/use-say'
import { progressEstimate, useNow } from './progress-estimate.ts'
import { expectedLabel, progressInFull, progressLabel } from './progress-label.ts'
import { statusLabel, statusMessage } from './status-label.ts'

/** The clock of an unfinished video, its provider, its progress with the source of the figure, and the current step. */
export function RunningReadout({ view }: { view: FileView }) {
  const t = useTranslations('card')
  const say = useSay()
  const estimate = progressEstimate(view, useNow())
  const step = statusMessage(view)
  return (
    <div>
      <p translate="no" className="font-semibold text-clock tabular-nums" aria-hidden="true">
        {formatClock(estimate.elapsedSeconds)}
      </p>
      {/* Comes and goes: its place is kept. */}
      <p dir="auto" className="mt-2 min-h-5 text-sm text-pretty text-soft">
        {step && say(step)}
      </p>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums [&>dt]:text-soft">
        {!view.isDemo && (
          <>
            <dt>{t('fact.provider')}</dt>
            <dd>{view.providerLabel}</dd>
          </>
        )}
        <dt>{t('fact.expected')}</dt>
        <dd>
          <span>{say(expectedLabel(view.expected))}</span>
          {estimate.isOverdue && !view.isDelayed && (
            <p className="text-soft">{t('progress.overdueSoFar')}</p>
          )}
        </dd>
        <dt>{t('fact.progress')}</dt>
        <dd translate="no">{say(progressInFull(estimate, view.expected))}</dd>
      </dl>
    </div>
  )
}

/** An unfinished video in one line: status, progress with the source of the figure, elapsed time; below it the current step. */
export function RunningLabel({ view }: { view: FileView }) {
  const say = useSay()
  const estimate = progressEstimate(view, useNow())
  const time = formatTimecode(Math.floor(estimate.elapsedSeconds))
  const facts = [statusLabel(view), progressLabel(estimate), time]
  const step = statusMessage(view)
  return (
    <>
      <span translate="no">
        {facts
          .filter((fact) => fact !== null)
          .map(say)
          .join(', ')}
      </span>
      {step && (
        <span dir="auto" className="mt-1 block font-sans text-pretty">
          {say(step)}
        </span>
      )}
    </>
  )
}
