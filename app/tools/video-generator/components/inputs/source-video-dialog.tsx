'use client'

import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import type { FileView } from '#lib/contract/file-view'
import { formatBytes } from '../../../../../components/video/format-figures.ts'
import { formatTimecode } from '../../../../../components/video/format-time.ts'
import type { OwnVideos } from './own-videos.ts'
import { canBeSource } from './source-video.ts'

interface SourceVideoDialogProps {
  own: OwnVideos
  isOpen: boolean
  onChoose: (view: FileView) => void
  onClose: () => void
}

/** The user's finished videos, to choose one of. */
export function SourceVideoDialog({ own, isOpen, onChoose, onClose }: SourceVideoDialogProps) {
  const finished = own.views.filter(({ status, url }) => status === 'completed' && url)
  return (
    <Dialog title="Choose a video to make over" isOpen={isOpen} onClose={onClose}>
      {finished.length === 0 && (
        <p className="text-sm text-soft">
          There is no finished video yet. Make one first, with any other model.
        </p>
      )}
      <ul className="flex flex-wrap items-start gap-x-5 gap-y-8">
        {finished.map((view) => (
          <li key={view.id}>
            <Choice view={view} onChoose={onChoose} />
          </li>
        ))}
      </ul>
      {own.hasMore && (
        <Button className="mt-8" onClick={() => void own.loadMore()}>
          Load more
        </Button>
      )}
    </Dialog>
  )
}

function Choice({ view, onChoose }: { view: FileView; onChoose: (view: FileView) => void }) {
  const { settings, posterUrl, sizeBytes, width, height, durationSeconds } = view
  const isFit = canBeSource(view)
  return (
    <button
      type="button"
      disabled={!isFit}
      onClick={() => onChoose(view)}
      style={{ width: `max(8rem, calc(10rem * ${width / height}))` }}
      className="group max-w-full text-left disabled:opacity-60"
    >
      {posterUrl && (
        // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
        <img
          src={posterUrl}
          alt=""
          loading="lazy"
          style={{ aspectRatio: `${width} / ${height}` }}
          className="h-40 rounded-sm bg-film group-enabled:group-hover:opacity-85"
        />
      )}
      <span className="mt-2 line-clamp-2 text-sm leading-snug">{settings.prompt}</span>
      <span className="mt-1 block font-mono text-tiny text-soft">
        {isFit
          ? formatTimecode(durationSeconds ?? settings.duration)
          : `${formatBytes(sizeBytes ?? 0)}; 10 MB are the most`}
      </span>
    </button>
  )
}
