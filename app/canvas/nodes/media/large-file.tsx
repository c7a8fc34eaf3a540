'use client'

import { CardBoundary } from '#components/ui/card-boundary'
import { AttemptList } from '#components/video/failure/attempt-list'
import { LargeDialog } from '#components/video/large-dialog'
import { LargeImage } from '#components/video/player/large-image'
import { LargePlayer } from '#components/video/player/large-player'
import { VideoFacts } from '#components/video/video-facts'
import { VideoFrame } from '#components/video/video-frame'
import type { FileView } from '#lib/contract/file-view'
import { Lineage } from '../../../tools/edit/family/lineage.tsx'

interface LargeFileProps {
  view: FileView
  isOpen: boolean
  onClose: () => void
}

/** What a node shows, as large as the window allows, with everything known about it. */
export function LargeFile({ view, isOpen, onClose }: LargeFileProps) {
  return (
    <LargeDialog
      title={view.settings.prompt}
      size={view}
      media={<LargeMedia view={view} />}
      steps={null}
      isOpen={isOpen}
      onClose={onClose}
    >
      <VideoFacts view={view} />
      {!view.isDemo && view.kind !== 'edit' && <AttemptList view={view} hasIds />}
      <CardBoundary>
        <Lineage view={view} />
      </CardBoundary>
    </LargeDialog>
  )
}

function LargeMedia({ view }: { view: FileView }) {
  if (view.status !== 'completed') return <VideoFrame view={view} />
  return view.type === 'image' ? <LargeImage view={view} /> : <LargePlayer view={view} />
}
