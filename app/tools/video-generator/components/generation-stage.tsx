'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { RunningActions } from '#components/video/running-actions'
import { RunningReadout } from '#components/video/running-readout'
import { SignalLanes } from '#components/video/signal-lanes'
import { VideoActions } from '#components/video/video-actions'
import { VideoFacts } from '#components/video/video-facts'
import { VideoFrame } from '#components/video/video-frame'
import { isFinal, type FileView } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import type { GenerationHandlers } from './generation-handlers.ts'
import { withSeenDelivery } from '../../../../components/video/seen-delivery.ts'
import { Stage } from './stage.tsx'
import { StartsMenu } from './starts-menu.tsx'
import { StageWords } from './stage-words.tsx'

const FailureNotice = dynamic(() =>
  import('#components/video/failure-notice').then((file) => file.FailureNotice),
)

interface GenerationStageProps {
  initial: FileView
  handlers: GenerationHandlers
}

/** The newest generation, from its place in line to its film. Mount it anew for each file. */
export function GenerationStage({ initial, handlers }: GenerationStageProps) {
  const { file = initial, signs, isGone } = useFile(initial.id, initial)
  const view = withSeenDelivery(file, signs)
  const [wasSeenDeveloping] = useState(() => !isFinal(file))
  if (isGone) return null
  return (
    <Stage
      ratio={view.width / view.height}
      frame={
        <>
          <VideoFrame view={view} isFresh={wasSeenDeveloping} />
          <SignalLanes view={view} signs={signs} />
        </>
      }
    >
      <div className="grid gap-x-10 gap-y-6 @2xl:grid-cols-2">
        <StageWords view={view} />
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
        <StartsMenu items={handlers.startsFrom(view)} isLabelled />
      </VideoActions>
    </div>
  )
}
