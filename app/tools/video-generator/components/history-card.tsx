'use client'

import { Button } from '#components/ui/button'
import { RunningActions } from '#components/video/running-actions'
import { VideoActions } from '#components/video/video-actions'
import { VideoCard } from '#components/video/video-card'
import { isFinal, type FileView } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import type { GenerationHandlers } from './generation-handlers.ts'
import { withSeenDelivery } from '../../../../components/video/seen-delivery.ts'

interface HistoryCardProps {
  initial: FileView
  handlers: GenerationHandlers
}

/** A card that follows its own video, so that any number can be under way at once. */
export function HistoryCard({ initial, handlers }: HistoryCardProps) {
  const { file = initial, signs, isGone } = useFile(initial.id, initial)
  const view = withSeenDelivery(file, signs)
  const { onOpen, onReuse, onDelete, onRetry, onCheck, onCancel } = handlers
  if (isGone) return null
  return (
    <VideoCard view={view} onOpen={onOpen}>
      {isFinal(view) ? (
        <div className="flex items-center gap-1">
          {view.status === 'failed' && (
            <Button size="small" variant="quiet" onClick={() => onRetry(view.id)}>
              Retry
            </Button>
          )}
          <VideoActions view={view} onReuse={onReuse} onDelete={onDelete} />
        </div>
      ) : (
        <div className="ml-2">
          <RunningActions view={view} onCheck={onCheck} onCancel={onCancel} isCompact />
        </div>
      )}
    </VideoCard>
  )
}
