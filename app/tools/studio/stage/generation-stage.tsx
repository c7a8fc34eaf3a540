'use client'

import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import { useState } from 'react'
import { Tag } from '#components/ui/tag'
import { RunningActions } from '#components/video/actions/running-actions'
import { VideoActions } from '#components/video/actions/video-actions'
import { RunningReadout } from '#components/video/progress/running-readout'
import { SignalLanes, withSeenDelivery } from '#components/video/progress/signal-lanes'
import { costLabel, statusLabel } from '#components/video/progress/status-label.ts'
import { VideoFacts } from '#components/video/video-facts'
import { VideoFrame } from '#components/video/video-frame'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import { type MessageRef, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { FileStarts, type GenerationHandlers } from '../actions/generation-handlers.tsx'
import { Stage } from './stage.tsx'

const FailureNotice = lazyPart(() =>
  import('#components/video/failure/failure-notice').then((file) => file.FailureNotice),
)

interface GenerationStageProps {
  initial: FileView
  handlers: GenerationHandlers
}

/** The current video, from the queue to the player. Needs a `key` of the file. */
export function GenerationStage({ initial, handlers }: GenerationStageProps) {
  const { file = initial, signs, gone } = useFile(initial.id, initial)
  const view = withSeenDelivery(file, signs)
  const [wasSeenDeveloping] = useState(() => !isFinal(file))
  // Its card says why.
  if (gone) return null
  return (
    <Stage
      ratio={view.width / view.height}
      frame={
        <div data-video={view.id}>
          <VideoFrame view={view} isFresh={wasSeenDeveloping} />
          <SignalLanes view={view} signs={signs} />
        </div>
      }
    >
      <div className="grid gap-x-10 gap-y-6 @2xl:grid-cols-2">
        <StageLabel view={view} />
        <StageBody view={view} handlers={handlers} />
      </div>
    </Stage>
  )
}

function StageBody({ view, handlers }: { view: FileView; handlers: GenerationHandlers }) {
  const { onReuse, onDelete, onRetry, onRetryWith, onCheck, onResubmit, onCancel } = handlers
  if (!isFinal(view))
    return (
      <div className="space-y-6">
        {view.state !== 'submit_unknown' && <RunningReadout view={view} />}
        <RunningActions view={view} onCheck={onCheck} onResubmit={onResubmit} onCancel={onCancel} />
      </div>
    )
  return (
    <div className="space-y-6">
      {view.status === 'completed' && <VideoFacts view={view} />}
      {view.status === 'failed' && (
        <FailureNotice
          view={view}
          offers={handlers.offersFor(view)}
          price={handlers.priceOf(view)}
          onRetry={onRetry}
          onRetryWith={onRetryWith}
          onCheck={onCheck}
        />
      )}
      <VideoActions view={view} onReuse={onReuse} onDelete={onDelete} isLabelled>
        <FileStarts view={view} handlers={handlers} isLabelled />
      </VideoActions>
    </div>
  )
}

/** The video's status, prompt and provider. */
function StageLabel({ view }: { view: FileView }) {
  const t = useTranslations('card')
  const say = useSay()
  const isStopped = view.status === 'failed' || view.status === 'canceled'
  return (
    <div>
      <p className="text-2xl font-semibold tracking-tight tabular-nums">{say(statusLabel(view))}</p>
      <p dir="auto" className="mt-3 line-clamp-4 max-w-prose text-pretty text-soft">
        {view.settings.prompt}
      </p>
      {view.status !== 'completed' && (
        <p className="mt-3 text-sm text-soft tabular-nums">
          <span>{say(settingsLabel(view))}</span> {view.isDemo && <Tag>{t('demo')}</Tag>}
        </p>
      )}
      {isStopped && !!view.cost.estimatedUsd && (
        <p className="mt-1 text-sm tabular-nums">{say(costLabel(view))}</p>
      )}
    </div>
  )
}

/** What makes it, and with which settings: "Veo 3.1 Fast via Kie.ai, 16:9, 720p, 8 s". */
function settingsLabel(view: FileView): MessageRef {
  const { isDemo, modelLabel: model, providerLabel, settings } = view
  const { aspectRatio, resolution, duration } = settings
  if (view.type === 'image') {
    const size = `${view.width} × ${view.height}`
    return isDemo || !providerLabel
      ? message('images.madeHere', { model, size })
      : message('images.made', { model, size, provider: providerLabel })
  }
  const made = { model, format: aspectRatio, resolution, span: { seconds: duration } }
  return isDemo || !providerLabel
    ? message('studio.stage.madeHere', made)
    : message('studio.stage.made', { ...made, provider: providerLabel })
}
