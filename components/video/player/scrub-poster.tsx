'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { ExposedStrip, FrameBox } from './frame-box.tsx'

interface ScrubPosterProps {
  view: FileView
  onOpen: () => void
}

/** The poster of a finished video. Pointing at it, or the arrow keys, run through its frames; a click opens it. */
export function ScrubPoster({ view, onOpen }: ScrubPosterProps) {
  const t = useTranslations('card')
  const [frame, setFrame] = useState<number | null>(null)
  const frames = view.filmstripUrl ? (view.filmstripFrames ?? 0) : 0
  const scrub = (event: PointerEvent<HTMLElement>) => {
    if (frames > 1 && event.pointerType === 'mouse') setFrame(frameUnder(event, frames))
  }
  const step = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!by || frames < 2) return
    event.preventDefault()
    setFrame(((frame ?? -1) + by + frames) % frames)
  }
  return (
    <button
      type="button"
      aria-label={t('open', { prompt: view.settings.prompt })}
      onClick={onOpen}
      onPointerMove={scrub}
      onPointerLeave={() => setFrame(null)}
      onKeyDown={step}
      onBlur={() => setFrame(null)}
      className="block w-full rounded-sm"
    >
      <FrameBox view={view}>
        <Poster view={view} />
        {frame !== null && <Frame url={view.filmstripUrl} frame={frame} frames={frames} />}
      </FrameBox>
    </button>
  )
}

function Poster({ view: { id, posterUrl } }: { view: FileView }) {
  const [isBroken, setIsBroken] = useState(false)
  if (!posterUrl || isBroken) return <ExposedStrip seed={id} />
  return (
    // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
    <img
      src={posterUrl}
      alt=""
      loading="lazy"
      onError={() => setIsBroken(true)}
      className="absolute inset-0 size-full object-cover"
    />
  )
}

interface FrameProps {
  url: string | null
  frame: number
  frames: number
}

/** One frame of a filmstrip, with the line that says which. */
export function Frame({ url, frame, frames }: FrameProps) {
  const at = (frame / (frames - 1)) * 100
  return (
    <>
      <span
        className="absolute inset-0"
        style={{
          backgroundImage: `url("${url}")`,
          backgroundSize: `${frames * 100}% 100%`,
          backgroundPosition: `${at}% 0`,
        }}
      />
      <span
        className="absolute inset-y-0 w-0.5 bg-signal"
        style={{ left: `${((frame + 0.5) / frames) * 100}%` }}
      />
    </>
  )
}

/** The frame that a pointer over an element is at. */
export function frameUnder({ clientX, currentTarget }: PointerEvent<HTMLElement>, frames: number) {
  const { left, width } = currentTarget.getBoundingClientRect()
  const frame = Math.floor(((clientX - left) / width) * frames)
  return Math.min(frames - 1, Math.max(0, frame))
}
