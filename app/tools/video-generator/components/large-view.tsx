'use client'

import { Dialog } from '#components/ui/dialog'
import { LargePlayer } from '#components/video/large-player'
import { VideoActions } from '#components/video/video-actions'
import { VideoFacts } from '#components/video/video-facts'
import type { FileView } from '#lib/contract/file-view'
import type { GenerationHandlers } from './generation-handlers.ts'

interface LargeViewProps {
  view: FileView
  isOpen: boolean
  handlers: Pick<GenerationHandlers, 'onReuse' | 'onDelete'>
  onClose: () => void
}

/** One finished video, as large as the window allows, with everything known about it. */
export function LargeView({ view, isOpen, handlers, onClose }: LargeViewProps) {
  const ratio = view.width / view.height
  return (
    <Dialog title={view.settings.prompt} isOpen={isOpen} onClose={onClose}>
      <div className="flex flex-wrap items-end gap-8">
        <div
          style={{ width: `min(100%, calc(${ratio > 1 ? 56 : 70}dvh * ${ratio}))` }}
          className="shrink-0"
        >
          <LargePlayer view={view} />
        </div>
        <div className="min-w-64 flex-1 basis-64 space-y-6">
          <VideoFacts view={view} />
          <VideoActions view={view} isLabelled {...handlers} />
        </div>
      </div>
    </Dialog>
  )
}
