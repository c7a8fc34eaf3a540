'use client'

import { lazyPart } from '#components/ui/lazy-part'
import { GoneNotice } from '#components/video/failure/gone-notice'
import { RunningActions } from '#components/video/actions/running-actions'
import { VideoActions } from '#components/video/actions/video-actions'
import { withSeenDelivery } from '#components/video/progress/signal-lanes'
import { VideoCard } from '#components/video/video-card'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import { EditButton } from '../../edit/edit-button.tsx'
import { FileStarts, type GenerationHandlers } from '../actions/generation-handlers.tsx'

const FailureBrief = lazyPart(() =>
  import('#components/video/failure/failure-brief').then((file) => file.FailureBrief),
)

interface HistoryCardProps {
  initial: FileView
  handlers: GenerationHandlers
}

/** A card that follows its own video, so that any number can be unfinished at once. */
export function HistoryCard({ initial, handlers }: HistoryCardProps) {
  const { file = initial, signs, gone } = useFile(initial.id, initial)
  const view = withSeenDelivery(file, signs)
  const { onOpen, onReuse, onDelete, onRetry, onRetryWith, onCheck, onResubmit, onCancel } =
    handlers
  if (gone)
    return (
      <GoneNotice
        reason={gone}
        fileId={initial.id}
        prompt={initial.settings.prompt}
        kind={initial.type}
      />
    )
  return (
    <VideoCard view={view} onOpen={onOpen}>
      {isFinal(view) ? (
        <div className="flex flex-wrap items-center gap-x-0.5">
          {view.status === 'failed' && (
            <FailureBrief
              view={view}
              offers={handlers.offersFor(view)}
              price={handlers.priceOf(view)}
              onRetry={onRetry}
              onRetryWith={onRetryWith}
              onCheck={onCheck}
            />
          )}
          <VideoActions view={view} onReuse={onReuse} onDelete={onDelete}>
            <EditButton view={view} />
            <FileStarts view={view} handlers={handlers} />
          </VideoActions>
        </div>
      ) : (
        <div className="ml-2">
          <RunningActions
            view={view}
            onCheck={onCheck}
            onResubmit={onResubmit}
            onCancel={onCancel}
            isCompact
          />
        </div>
      )}
    </VideoCard>
  )
}
