'use client'

import { lazyPart } from '#components/ui/lazy-part'
import { type ReactNode, useId } from 'react'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { formatTimecode } from '#lib/messages/format'
import { useFormat, useSay } from '#lib/messages/use-say'
import { fallbackMessage } from './failure/attempt-label.ts'
import { ScrubPoster } from './player/scrub-poster.tsx'
import { DevelopingFrame } from './progress/developing-frame.tsx'
import { RunningLabel } from './progress/running-readout.tsx'
import { statusLabel, statusMessage } from './progress/status-label.ts'
import { ClosedFrame, VideoFrame } from './video-frame.tsx'

const AttemptList = lazyPart(() =>
  import('./failure/attempt-list.tsx').then((file) => file.AttemptList),
)

interface VideoCardProps {
  view: FileView
  onOpen: (view: FileView) => void
  /** A finished one plays in place, instead of opening. */
  playsHere?: boolean
  /** The actions for its state. */
  children: ReactNode
}

/** One video or image on the contact sheet, in any state. All cards have the same height; the format decides the width. */
export function VideoCard({ view, onOpen, playsHere = false, children }: VideoCardProps) {
  const headingId = useId()
  const ratio = view.width / view.height
  return (
    <article
      data-video={view.id}
      aria-labelledby={headingId}
      style={{ width: `max(11rem, calc(var(--card-height) * ${ratio}))` }}
      className="flex max-w-full flex-col"
    >
      <div style={{ width: `calc(var(--card-height) * ${ratio})` }} className="max-w-full">
        <CardFrame view={view} onOpen={onOpen} playsHere={playsHere} />
      </div>
      <h3 id={headingId} dir="auto" className="mt-2.5 line-clamp-2 text-sm leading-snug">
        {view.settings.prompt}
      </h3>
      <p className="mt-1 font-mono text-tiny text-soft">
        {isFinal(view) ? <FinalLabel view={view} /> : <RunningLabel view={view} />}
      </p>
      <CardNotes view={view} />
      <div className="mt-1.5 -ml-2">{children}</div>
    </article>
  )
}

type CardFrameProps = Pick<VideoCardProps, 'view' | 'onOpen' | 'playsHere'>

function CardFrame({ view, onOpen, playsHere = false }: CardFrameProps) {
  if (playsHere) return <VideoFrame view={view} preload="none" />
  if (view.status === 'completed') return <ScrubPoster view={view} onOpen={() => onOpen(view)} />
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}

/** Why it failed, a note on the result, a fallback; empty in most cases. */
function CardNotes({ view }: { view: FileView }) {
  const say = useSay()
  const { status, error } = view
  if (status === 'completed') {
    const notes = [statusMessage(view), fallbackMessage(view)].filter((note) => note !== null)
    return notes.map(say).map((note) => (
      <p key={note} dir="auto" className="mt-1 text-tiny text-pretty text-soft">
        {note}
      </p>
    ))
  }
  if (status !== 'failed') return null
  return (
    <div className="mt-1 space-y-1 text-tiny text-pretty">
      <p dir="auto" className="line-clamp-4">
        {error && say(error.messageRef ?? error.message)}
      </p>
      {!view.isDemo && view.attempts.length > 1 && <AttemptList view={view} />}
    </div>
  )
}

/** The length and the format of a video; the pixels of an image. */
function shapeOf({ type, durationSeconds, settings, width, height }: FileView) {
  if (type === 'image') return [`${width} × ${height}`]
  return [formatTimecode(durationSeconds ?? settings.duration), settings.aspectRatio]
}

/** What a finished one is, or how it ended. */
function FinalLabel({ view }: { view: FileView }) {
  const say = useSay()
  const { bytes } = useFormat()
  if (view.status !== 'completed') return <span>{say(statusLabel(view))}</span>
  const size = view.sizeBytes && bytes(view.sizeBytes)
  const maker = view.isDemo || view.kind === 'edit' ? null : view.providerLabel
  const facts = [...shapeOf(view), size, maker]
  return <span>{facts.filter(Boolean).join(', ')}</span>
}
