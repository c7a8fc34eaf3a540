'use client'

import { useId, type ReactNode } from 'react'
import { isFinal, type FileView } from '#lib/contract/file-view'
import { ClosedFrame } from './closed-frame.tsx'
import { DevelopingFrame } from './developing-frame.tsx'
import { formatBytes } from './format-figures.ts'
import { formatTimecode } from './format-time.ts'
import { RunningWords } from './running-words.tsx'
import { ScrubPoster } from './scrub-poster.tsx'
import { statusWords } from './status-words.ts'

interface VideoCardProps {
  view: FileView
  onOpen: (view: FileView) => void
  /** What can be done with it in its state. */
  children: ReactNode
}

/** One video on the contact sheet, in whatever state; all cards are equally high, as wide as their format. */
export function VideoCard({ view, onOpen, children }: VideoCardProps) {
  const headingId = useId()
  const ratio = view.width / view.height
  return (
    <article
      aria-labelledby={headingId}
      style={{ width: `max(11rem, calc(var(--card-height) * ${ratio}))` }}
      className="flex max-w-full flex-col"
    >
      <div style={{ width: `calc(var(--card-height) * ${ratio})` }} className="max-w-full">
        <CardFrame view={view} onOpen={onOpen} />
      </div>
      <h3 id={headingId} className="mt-2.5 line-clamp-2 text-sm leading-snug">
        {view.settings.prompt}
      </h3>
      <p className="mt-1 font-mono text-tiny text-soft">
        {isFinal(view) ? cardWords(view) : <RunningWords view={view} />}
      </p>
      <div className="mt-1.5 -ml-2">{children}</div>
    </article>
  )
}

function CardFrame({ view, onOpen }: Pick<VideoCardProps, 'view' | 'onOpen'>) {
  if (view.status === 'completed') return <ScrubPoster view={view} onOpen={() => onOpen(view)} />
  return isFinal(view) ? <ClosedFrame view={view} /> : <DevelopingFrame view={view} />
}

function cardWords(view: FileView) {
  if (view.status !== 'completed') return statusWords(view)
  const size = view.sizeBytes && formatBytes(view.sizeBytes)
  const length = formatTimecode(view.durationSeconds ?? view.settings.duration)
  return [length, view.settings.aspectRatio, size].filter(Boolean).join(', ')
}
