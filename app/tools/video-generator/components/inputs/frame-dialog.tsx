'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import type { FileView } from '#lib/contract/file-view'
import { formatTimecode } from '../../../../../components/video/format-time.ts'
import { grabFrame, type GrabbedFrame } from './grab-frame.ts'
import { OwnVideoFace } from './own-video-face.tsx'
import { OwnVideoList } from './own-video-list.tsx'
import type { OwnVideos } from './own-videos.ts'

interface FrameDialogProps {
  /** Which picture is chosen: `first frame`. */
  name: string
  own: OwnVideos
  isOpen: boolean
  onTake: (picture: File) => void
  onClose: () => void
}

/** The user's finished videos, to take a picture from: the poster or the last frame of one. */
export function FrameDialog({ name, own, isOpen, onTake, onClose }: FrameDialogProps) {
  const [isTaking, setIsTaking] = useState(false)
  const [hasFailed, setHasFailed] = useState(false)
  const take = async (view: FileView, which: GrabbedFrame) => {
    setHasFailed(false)
    setIsTaking(true)
    try {
      onTake(await grabFrame(view, which))
      onClose()
    } catch {
      setHasFailed(true)
    } finally {
      setIsTaking(false)
    }
  }
  return (
    <Dialog title={`Choose the ${name} from your videos`} isOpen={isOpen} onClose={onClose}>
      {hasFailed && (
        <p role="alert" className="mb-5 text-sm text-signal-ink">
          The frame could not be taken from this video. Try again, or choose another one.
        </p>
      )}
      <OwnVideoList own={own}>
        {(view) => (
          <>
            <OwnVideoFace
              view={view}
              note={formatTimecode(view.durationSeconds ?? view.settings.duration)}
            />
            <FrameButtons view={view} isTaking={isTaking} onTake={take} />
          </>
        )}
      </OwnVideoList>
    </Dialog>
  )
}

interface FrameButtonsProps {
  view: FileView
  isTaking: boolean
  onTake: (view: FileView, which: GrabbedFrame) => Promise<void>
}

function FrameButtons({ view, isTaking, onTake }: FrameButtonsProps) {
  const { prompt } = view.settings
  const common = { size: 'small', 'aria-disabled': isTaking } as const
  const take = (which: GrabbedFrame) => {
    if (!isTaking) void onTake(view, which)
  }
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {view.posterUrl && (
        <Button {...common} aria-label={`Poster of ${prompt}`} onClick={() => take('poster')}>
          Poster
        </Button>
      )}
      <Button {...common} aria-label={`Last frame of ${prompt}`} onClick={() => take('last')}>
        Last frame
      </Button>
    </div>
  )
}
