'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'next-intl'
import { RunningActions } from '#components/video/actions/running-actions'
import { VideoActions } from '#components/video/actions/video-actions'
import { AttemptList } from '#components/video/failure/attempt-list'
import { LargeDialog } from '#components/video/large-dialog'
import { RunningReadout } from '#components/video/progress/running-readout'
import { costLabel, statusLabel } from '#components/video/progress/status-label.ts'
import { VideoFrame } from '#components/video/video-frame'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { useSay } from '#lib/messages/use-say'
import { reportFailure } from '../../hooks/report-failure.ts'
import type { ItemViewProps } from './item-view-props.ts'

interface UnfinishedViewProps extends ItemViewProps {
  view: FileView
  steps: ReactNode
}

/** One that is being made, or was not made: how far it is, or why not. */
export function UnfinishedView(props: UnfinishedViewProps) {
  const { view, item, steps, isOpen, onReuse, onTrash, announce, onClose } = props
  const t = useTranslations('failure.attempt')
  const say = useSay()
  const run = (action: Promise<unknown>) => reportFailure(action, (says) => announce(say(says)))
  return (
    <LargeDialog
      title={view.settings.prompt}
      size={view}
      media={<VideoFrame view={view} />}
      steps={steps}
      isOpen={isOpen}
      onClose={onClose}
    >
      <Outcome view={view} />
      {!isFinal(view) && view.state !== 'submit_unknown' && <RunningReadout view={view} />}
      {!view.isDemo && view.attempts.length > 0 && (
        <section aria-label={t('title')} className="border-t border-hairline pt-4 text-sm">
          <AttemptList view={view} hasIds />
        </section>
      )}
      {isFinal(view) ? (
        <VideoActions
          view={view}
          isLabelled
          onReuse={onReuse}
          onDelete={() => view.id === item.id && onTrash(item)}
        />
      ) : (
        <RunningActions
          view={view}
          onCheck={(id) => run(checkFile(id))}
          onResubmit={(id) => run(resubmitFile(id))}
          onCancel={(id) => run(cancelFile(id))}
        />
      )}
    </LargeDialog>
  )
}

function Outcome({ view }: { view: FileView }) {
  const say = useSay()
  return (
    <div>
      <p className="text-2xl font-semibold tracking-tight">{say(statusLabel(view))}</p>
      {view.error && (
        <p dir="auto" className="mt-2 text-sm text-pretty">
          {say(view.error.messageRef ?? view.error.message)}
        </p>
      )}
      <p className="mt-2 text-sm text-soft tabular-nums">{say(costLabel(view))}</p>
    </div>
  )
}
