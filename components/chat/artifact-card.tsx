'use client'

import { useId, type ReactNode } from 'react'
import { Tag } from '#components/ui/tag'
import { RunningLabel as RunningWords } from '#components/video/progress/running-readout'
import { SignalLanes, type SignOfLife } from '#components/video/progress/signal-lanes'
import { VideoFrame } from '#components/video/video-frame'
import { isFinal, type FileView } from '#lib/contract/file-view'
import { ArtifactBox } from './artifact-box.tsx'
import { artifactWords } from './artifact-words.ts'

interface ArtifactCardProps {
  view: FileView
  /** Its number in this chat, by which the user speaks of it; null for one of the library. */
  number: number | null
  signs: readonly SignOfLife[]
  /** It was seen developing, so the picture comes in behind the line. */
  isFresh: boolean
  stepper: ReactNode
  /** What can be done with it in its state. */
  children: ReactNode
}

/** One video in the conversation, in whatever state: it plays where it stands. */
export function ArtifactCard(props: ArtifactCardProps) {
  const { view, number, signs, isFresh, stepper, children } = props
  const headingId = useId()
  return (
    <ArtifactBox
      labelledBy={headingId}
      size={view}
      isWordy={isFinal(view) && view.status !== 'completed'}
      frame={
        <>
          <VideoFrame view={view} isFresh={isFresh} preload="none" />
          <SignalLanes view={view} signs={signs} />
        </>
      }
    >
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3">
        <h3 id={headingId} className="text-sm font-semibold">
          {number ? `Video ${number}` : 'From your library'}
        </h3>
        {stepper}
      </div>
      <p className="mt-1 line-clamp-3 text-sm text-pretty wrap-anywhere">{view.settings.prompt}</p>
      <p className="mt-2 font-mono text-tiny text-soft">
        {isFinal(view) ? artifactWords(view) : <RunningWords view={view} />}
      </p>
      {view.isDemo && (
        <p className="mt-2">
          <Tag>demo renderer, no AI</Tag>
        </p>
      )}
      <div className="mt-4">{children}</div>
    </ArtifactBox>
  )
}
