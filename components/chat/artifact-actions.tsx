'use client'

import { Maximize2Icon, Undo2Icon } from 'lucide-react'
import { Button } from '#components/ui/button'
import { buttonStyle } from '#components/ui/button-style'
import { CopyButton } from '#components/ui/copy-button'
import { DownloadLink } from '#components/video/download-link'
import { FailureNotice } from '#components/video/failure-notice'
import { RunningActions } from '#components/video/running-actions'
import { isFinal, type FileView } from '#lib/contract/file-view'
import { formLink } from './form-link.ts'

export interface ArtifactActionsProps {
  view: FileView
  /** Absent where it is large already. */
  onOpen?: () => void
  onCheck: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
  onResubmit: (fileId: string) => Promise<void>
  onRetry: (fileId: string) => void
}

/** What can be done with a video of the conversation, in its state. */
export function ArtifactActions(props: ArtifactActionsProps) {
  const { view, onOpen, onCheck, onCancel, onResubmit, onRetry } = props
  return (
    <div className="space-y-3">
      {!isFinal(view) && (
        <RunningActions
          view={view}
          onCheck={onCheck}
          onCancel={onCancel}
          onResubmit={onResubmit}
          isCompact={!!onOpen}
        />
      )}
      {view.status === 'failed' && (
        <FailureNotice view={view} onRetry={onRetry} onCheck={onCheck} />
      )}
      <div className="flex flex-wrap items-center gap-1">
        {onOpen && (
          <Button size="small" onClick={onOpen} className="mr-1">
            <Maximize2Icon />
            Open
          </Button>
        )}
        {view.status === 'canceled' && (
          <Button size="small" onClick={() => onRetry(view.id)} className="mr-1">
            Make it again
          </Button>
        )}
        {view.url && <DownloadLink view={view} url={view.url} isLabelled={!onOpen} />}
        {isFinal(view) && <FormLink view={view} isLabelled={!onOpen} />}
        <CopyButton label="Copy prompt" text={view.settings.prompt} isLabelled={!onOpen} />
      </div>
    </div>
  )
}

function FormLink({ view, isLabelled }: { view: FileView; isLabelled: boolean }) {
  return (
    <a
      href={formLink(view)}
      aria-label="Use in the form"
      title="Use in the form"
      className={buttonStyle({ variant: 'quiet', size: isLabelled ? 'small' : 'icon' })}
    >
      <Undo2Icon />
      {isLabelled && 'Use in the form'}
    </a>
  )
}
