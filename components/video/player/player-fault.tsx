'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { useSay } from '#lib/messages/use-say'
import { DownloadLink } from '../actions/video-actions.tsx'
import { faultMessage, type MediaFault } from './media-fault.ts'

interface PlayerFaultProps {
  view: FileView
  fault: MediaFault | null
  onRetry: () => void
}

/** Why a video does not play, and the way on; below the frame. */
export function PlayerFault({ view, fault, onRetry }: PlayerFaultProps) {
  const t = useTranslations('ui')
  const say = useSay()
  if (!fault) return null
  const isLost = fault === 'gone' || fault === 'refused'
  const isForOthers = fault === 'unsupported' || fault === 'noPicture'
  return (
    <div role="alert" className="mt-2 border-l-2 border-signal pl-3 text-sm text-pretty">
      <p>{say(faultMessage(fault, view))}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {isForOthers && view.url && <DownloadLink view={view} url={view.url} isLabelled />}
        {fault === 'refused' && (
          <Button size="small" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        )}
        {!isLost && !isForOthers && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  )
}
