'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { VideoActions } from '#components/video/actions/video-actions'
import { AttemptList } from '#components/video/failure/attempt-list'
import { LargeDialog } from '#components/video/large-dialog'
import { LargeImage } from '#components/video/player/large-image'
import { LargePlayer } from '#components/video/player/large-player'
import { VideoFacts } from '#components/video/video-facts'
import { VideoTimeline } from '#components/video/video-timeline'
import { useTimeline } from '#lib/ai/api/reads/use-timeline'
import type { FileView } from '#lib/contract/file-view'
import { EditButton } from '../../edit/edit-button.tsx'
import { Lineage } from '../../edit/family/lineage.tsx'
import { WorkButtons } from '../../edit/work/work-buttons.tsx'
import { FileStarts, type GenerationHandlers } from '../actions/generation-handlers.tsx'

interface LargeViewProps {
  view: FileView
  isOpen: boolean
  handlers: Pick<GenerationHandlers, 'makes' | 'onReuse' | 'onDelete' | 'startsFrom'>
  onClose: () => void
  /** Above it: the way to others. */
  children?: ReactNode
}

/** One finished video or image, as large as the window allows, with everything known about it. */
export function LargeView({ view, isOpen, handlers, onClose, children }: LargeViewProps) {
  const t = useTranslations('failure.attempt')
  const timeline = useTimeline(view.id, view.version, isOpen)
  return (
    <LargeDialog
      title={view.settings.prompt}
      size={view}
      media={view.type === 'image' ? <LargeImage view={view} /> : <LargePlayer view={view} />}
      steps={children}
      isOpen={isOpen}
      onClose={onClose}
    >
      <VideoFacts view={view} />
      {!view.isDemo && view.kind !== 'edit' && view.attempts.length > 0 && (
        <section aria-label={t('title')} className="border-t border-hairline pt-4 text-sm">
          <AttemptList view={view} hasIds />
        </section>
      )}
      {timeline && (
        <CardBoundary>
          <VideoTimeline events={timeline} />
        </CardBoundary>
      )}
      <CardBoundary>
        <Lineage view={view} />
      </CardBoundary>
      <VideoActions view={view} isLabelled onReuse={handlers.onReuse} onDelete={handlers.onDelete}>
        <EditButton view={view} isLabelled />
        {view.type === 'video' && <WorkButtons view={view} />}
        <FileStarts view={view} handlers={handlers} isLabelled />
      </VideoActions>
    </LargeDialog>
  )
}
