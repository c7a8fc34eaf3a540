'use client'

import { useTranslations } from 'next-intl'
import type { FileView } from '#lib/contract/file-view'
import { type MessageRef, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { ExposedStrip, FrameBox, stripColumns } from '../player/frame-box.tsx'
import { progressEstimate, type ProgressEstimate, useNow } from './progress-estimate.ts'
import { progressLabel } from './progress-label.ts'
import { statusLabel } from './status-label.ts'

/** An unfinished video: its frame, developed column by column behind the finish line. */
export function DevelopingFrame({ view }: { view: FileView }) {
  const t = useTranslations('card')
  const say = useSay()
  const estimate = progressEstimate(view, useNow())
  const { percent } = estimate
  const isUnderWay = view.startedAt !== null && view.state !== 'submit_unknown'
  const column = Math.floor(((percent ?? 0) / 100) * stripColumns)
  const exposed = `${(column / stripColumns) * 100}%`
  return (
    <FrameBox view={view}>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- <progress> cannot hold the frame
        role="progressbar"
        aria-label={t('progress.name', { prompt: view.settings.prompt })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.floor(percent)}
        aria-valuetext={valueTexts(view, estimate).map(say).join(', ')}
        className="absolute inset-0"
      >
        <div
          className="absolute inset-0"
          style={{ clipPath: `inset(0 calc(100% - ${exposed}) 0 0)` }}
        >
          <ExposedStrip seed={view.id} />
        </div>
        <FinishLine at={isUnderWay && percent === null ? null : exposed} />
      </div>
    </FrameBox>
  )
}

/** The slit itself; sweeps while the progress is unknown. */
function FinishLine({ at }: { at: string | null }) {
  return (
    <div
      aria-hidden="true"
      className={`absolute inset-y-0 w-0.5 bg-signal ${at === null ? 'animate-sweep' : ''}`}
      style={at === null ? undefined : { left: `min(${at}, calc(100% - 2px))` }}
    />
  )
}

/** What the frame shows: the status, how far it is, and whether that takes long. */
function valueTexts(view: FileView, estimate: ProgressEstimate): MessageRef[] {
  const progress = progressLabel(estimate)
  if (!progress) return [statusLabel(view)]
  const late = estimate.isOverdue ? [message('card.progress.overdue')] : []
  return [statusLabel(view), progress, ...late]
}
