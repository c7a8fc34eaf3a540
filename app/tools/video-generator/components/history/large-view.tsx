'use client'

import { useTranslations } from 'next-intl'
import { CardBoundary } from '#components/ui/card-boundary'
import { Dialog } from '#components/ui/overlay/dialog'
import { VideoActions } from '#components/video/actions/video-actions'
import { AttemptList } from '#components/video/failure/attempt-list'
import { LargePlayer } from '#components/video/player/large-player'
import { VideoFacts } from '#components/video/video-facts'
import { VideoTimeline } from '#components/video/video-timeline'
import { useTimeline } from '#lib/ai/api/use-timeline'
import type { FileView } from '#lib/contract/file-view'
import { type GenerationHandlers, StartsMenu } from '../actions/generation-handlers.tsx'

interface LargeViewProps {
  view: FileView
  isOpen: boolean
  handlers: Pick<GenerationHandlers, 'onReuse' | 'onDelete' | 'startsFrom'>
  onClose: () => void
}

/** One finished video, as large as the window allows, with everything known about it. */
export function LargeView({ view, isOpen, handlers, onClose }: LargeViewProps) {
  const t = useTranslations('failure.attempt')
  const ratio = view.width / view.height
  const timeline = useTimeline(view.id, view.version, isOpen)
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
          {!view.isDemo && view.attempts.length > 0 && (
            <section aria-label={t('title')} className="border-t border-hairline pt-4 text-sm">
              <AttemptList view={view} hasIds />
            </section>
          )}
          {timeline && (
            <CardBoundary>
              <VideoTimeline events={timeline} />
            </CardBoundary>
          )}
          <VideoActions
            view={view}
            isLabelled
            onReuse={handlers.onReuse}
            onDelete={handlers.onDelete}
          >
            <StartsMenu items={handlers.startsFrom(view)} isLabelled />
          </VideoActions>
        </div>
      </div>
    </Dialog>
  )
}
