'use client'

import type { FileView } from '#lib/contract/file-view'
import { ExposedStrip, FrameBox, stripColumns } from '../player/frame-box.tsx'
import { progressEstimate, type ProgressEstimate, useNow } from './progress-estimate.ts'
import { statusLabel } from './status-label.ts'

/** An unfinished video: its frame, developed column by column behind the finish line. */
export function DevelopingFrame({ view }: { view: FileView }) {
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
        aria-label={`Progress of ${view.settings.prompt}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent === null ? undefined : Math.floor(percent)}
        aria-valuetext={valueText(view, estimate)}
        className="absolute inset-0"
      >
        <div
          className="absolute inset-0"
          style={{ clipPath: `inset(0 calc(100% - ${exposed}) 0 0)` }}
        >
          <ExposedStrip seed={view.id} ratio={view.width / view.height} />
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

function valueText(view: FileView, { percent, source, isOverdue }: ProgressEstimate) {
  const words = statusLabel(view)
  if (percent === null) return words
  const late = isOverdue ? ', longer than usual' : ''
  return `${words}, ${Math.floor(percent)} percent ${source}${late}`
}
