'use client'

import { Dialog } from '#components/ui/dialog'
import type { FileView } from '#lib/contract/file-view'
import { formatBytes } from '../../../../../components/video/format-figures.ts'
import { formatTimecode } from '../../../../../components/video/format-time.ts'
import { OwnVideoFace } from './own-video-face.tsx'
import { OwnVideoList } from './own-video-list.tsx'
import type { OwnVideos } from './own-videos.ts'
import { canBeSource } from './source-video.ts'

interface SourceVideoDialogProps {
  own: OwnVideos
  isOpen: boolean
  onChoose: (view: FileView) => void
  onClose: () => void
}

/** The user's finished videos, to choose the one that is made over. */
export function SourceVideoDialog({ own, isOpen, onChoose, onClose }: SourceVideoDialogProps) {
  return (
    <Dialog title="Choose a video to make over" isOpen={isOpen} onClose={onClose}>
      <OwnVideoList own={own}>
        {(view) => (
          <button
            type="button"
            disabled={!canBeSource(view)}
            onClick={() => onChoose(view)}
            className="group w-full text-left disabled:opacity-60"
          >
            <OwnVideoFace view={view} note={noteOf(view)} />
          </button>
        )}
      </OwnVideoList>
    </Dialog>
  )
}

function noteOf(view: FileView) {
  const { sizeBytes, durationSeconds, settings } = view
  return canBeSource(view)
    ? formatTimecode(durationSeconds ?? settings.duration)
    : `${formatBytes(sizeBytes ?? 0)}; 10 MB are the most`
}
