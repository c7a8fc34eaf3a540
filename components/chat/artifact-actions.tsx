'use client'

import { Maximize2Icon, Trash2Icon, Undo2Icon } from 'lucide-react'
import { Button, buttonStyle, IconButton } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { DownloadLink } from '#components/video/actions/video-actions'
import { RunningActions } from '#components/video/actions/running-actions'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import { isFinal, type FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { AgainButton } from './again-button.tsx'
import { ArtifactFailure } from './artifact-failure.tsx'
import { formLink } from './form-link.ts'

export interface ArtifactActionsProps {
  view: FileView
  /** The models as they can be used right now; empty until they are known. */
  models: readonly ModelView[]
  /** Absent where it is large already. */
  onOpen?: () => void
  onCheck: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
  onResubmit: (fileId: string) => Promise<void>
  /** Starts a new version; what it may cost has been shown. */
  onMake: (request: NewVersionRequest) => void
  onDelete: (view: FileView) => void
}

/** What can be done with a video of the conversation, in its state. */
export function ArtifactActions(props: ArtifactActionsProps) {
  const { view, models, onOpen, onCheck, onCancel, onResubmit, onMake, onDelete } = props
  const isLarge = !onOpen
  return (
    <div className="space-y-3">
      {!isFinal(view) && (
        <RunningActions
          view={view}
          onCheck={onCheck}
          onCancel={onCancel}
          onResubmit={onResubmit}
          isCompact={!isLarge}
        />
      )}
      {view.status === 'failed' && (
        <ArtifactFailure view={view} models={models} onMake={onMake} onCheck={onCheck} />
      )}
      <div className="flex flex-wrap items-center gap-1">
        {onOpen && (
          <Button size="small" onClick={onOpen} className="mr-1">
            <Maximize2Icon />
            Open
          </Button>
        )}
        {view.status === 'canceled' && <AgainButton view={view} models={models} onMake={onMake} />}
        {view.url && <DownloadLink view={view} url={view.url} isLabelled={isLarge} />}
        {isFinal(view) && <FormLink href={formLink(view, models)} isLabelled={isLarge} />}
        <CopyButton label="Copy prompt" text={view.settings.prompt} isLabelled={isLarge} />
        {isFinal(view) && <DeleteButton isLabelled={isLarge} onClick={() => onDelete(view)} />}
      </div>
    </div>
  )
}

function FormLink({ href, isLabelled }: { href: string; isLabelled: boolean }) {
  return (
    <a
      href={href}
      aria-label="Use in the form"
      title="Use in the form"
      className={buttonStyle({ variant: 'quiet', size: isLabelled ? 'small' : 'icon' })}
    >
      <Undo2Icon />
      {isLabelled && 'Use in the form'}
    </a>
  )
}

function DeleteButton({ isLabelled, onClick }: { isLabelled: boolean; onClick: () => void }) {
  if (!isLabelled)
    return (
      <IconButton label="Delete" onClick={onClick}>
        <Trash2Icon />
      </IconButton>
    )
  return (
    <Button size="small" variant="quiet" onClick={onClick}>
      <Trash2Icon />
      Delete
    </Button>
  )
}
