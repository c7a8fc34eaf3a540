'use client'

import { FilmIcon, ImageIcon, UploadIcon } from 'lucide-react'
import { type PointerEvent, useState } from 'react'
import { DevelopingFrame } from '#components/video/progress/developing-frame'
import { Frame, frameUnder } from '#components/video/player/scrub-poster'
import { ClosedFrame } from '#components/video/video-frame'
import type { FileView } from '#lib/contract/file-view'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { useFile } from '#lib/delivery/use-file'

/** The picture of an item in its own ratio, as large as its tile allows. A mouse over a video runs through its frames. */
export function TileFrame({ item }: { item: ShelfItem }) {
  const ratio = item.width / item.height || 1
  return (
    <span
      className="relative block overflow-hidden rounded-sm bg-film text-on-film forced-color-adjust-none"
      style={{ aspectRatio: ratio, [ratio >= 1 ? 'width' : 'height']: '100%' }}
    >
      <FrameContent item={item} />
    </span>
  )
}

function FrameContent({ item }: { item: ShelfItem }) {
  if (item.view) return <OpenFrame initial={item.view} />
  if (item.status !== 'completed') return <ClosedFrame view={{ ...item, progress: 0 }} />
  return <Picture item={item} />
}

/** One that is being made follows its own progress. */
function OpenFrame({ initial }: { initial: FileView }) {
  const { file = initial } = useFile(initial.id, initial)
  return <DevelopingFrame view={file} />
}

function Picture({ item }: { item: ShelfItem }) {
  const { posterUrl, filmstripUrl, filmstripFrames } = item
  const [frame, setFrame] = useState<number | null>(null)
  const [isBroken, setIsBroken] = useState(false)
  const frames = filmstripUrl ? (filmstripFrames ?? 0) : 0
  const scrub = (event: PointerEvent<HTMLElement>) => {
    if (frames > 1 && event.pointerType === 'mouse') setFrame(frameUnder(event, frames))
  }
  return (
    <span className="absolute inset-0" onPointerMove={scrub} onPointerLeave={() => setFrame(null)}>
      {posterUrl && !isBroken ? (
        // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
        <img
          src={posterUrl}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setIsBroken(true)}
          className="absolute inset-0 size-full object-cover"
        />
      ) : (
        <SourceIcon item={item} />
      )}
      {frame !== null && <Frame url={filmstripUrl} frame={frame} frames={frames} />}
    </span>
  )
}

/** Stands for a picture that there is none of. */
function SourceIcon({ item: { source, type } }: { item: ShelfItem }) {
  const Icon = source === 'upload' ? UploadIcon : type === 'image' ? ImageIcon : FilmIcon
  return <Icon aria-hidden="true" className="absolute inset-0 m-auto size-8 opacity-50" />
}
