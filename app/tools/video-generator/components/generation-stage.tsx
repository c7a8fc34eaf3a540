'use client'

import { useState } from 'react'
import { FailureNotice } from '#components/video/failure-notice'
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
import { StageWords } from './stage-words.tsx'

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
  const { onReuse, onDelete, onRetry, onCheck, onCancel } = handlers
  if (!isFinal(view))
    return (
      <div className="space-y-6">
        <RunningReadout view={view} />
        <RunningActions view={view} onCheck={onCheck} onCancel={onCancel} />
      </div>
    )
  return (
    <div className="space-y-6">
      {view.status === 'completed' && <VideoFacts view={view} />}
      {view.status === 'failed' && (
        <FailureNotice view={view} onRetry={onRetry} onCheck={onCheck} />
      )}
      <VideoActions view={view} onReuse={onReuse} onDelete={onDelete} isLabelled />
    </div>
  )
}
