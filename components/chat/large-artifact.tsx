'use client'

import { AttemptList } from '#components/video/failure/attempt-list'
import { ClosedFrame } from '#components/video/video-frame'
import { DevelopingFrame } from '#components/video/progress/developing-frame'
import { LargePlayer } from '#components/video/player/large-player'
import { RunningReadout } from '#components/video/progress/running-readout'
import { SignalLanes, type SignOfLife } from '#components/video/progress/signal-lanes'
import { VideoFacts, VideoMoments } from '#components/video/video-facts'
import { isFinal, type FileView } from '#lib/contract/file-view'
import { ArtifactActions, type ArtifactActionsProps } from './artifact-actions.tsx'
import { PromptEditor } from './prompt-editor.tsx'

interface LargeArtifactProps extends Omit<ArtifactActionsProps, 'onOpen'> {
  signs: readonly SignOfLife[]
  versionError: string | undefined
  isMaking: boolean
}

/** One video as large as its side of the window allows, with everything known about it. */
export function LargeArtifact(props: LargeArtifactProps) {
  const { signs, versionError, isMaking, ...actions } = props
  const { view, models, onMake } = actions
  const ratio = view.width / view.height
  return (
    <div className="@container space-y-6">
      <div style={{ width: `min(100%, calc(54dvh * ${ratio}))` }} className="mx-auto">
        <LargeFrame view={view} />
        <SignalLanes view={view} signs={signs} />
      </div>
      {!isFinal(view) && <RunningReadout view={view} />}
      <ArtifactActions {...actions} />
      <PromptEditor
        key={view.id}
        view={view}
        models={models}
        error={versionError}
        isBusy={isMaking}
        onMake={onMake}
      />
      <div className="grid gap-x-10 gap-y-6 border-t border-hairline pt-6 @lg:grid-cols-2">
        <section aria-label="Settings">
          <VideoFacts view={view} />
        </section>
        <section aria-label="Course">
          <VideoMoments view={view} />
        </section>
      </div>
      {!view.isDemo && view.attempts.length > 0 && (
        <section aria-label="Attempts" className="border-t border-hairline pt-6 text-sm">
          <AttemptList view={view} hasIds />
        </section>
      )}
    </div>
  )
}

function LargeFrame({ view }: { view: FileView }) {
  if (view.status === 'completed') return <LargePlayer key={view.id} view={view} />
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}
