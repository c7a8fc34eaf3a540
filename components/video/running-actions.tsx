'use client'

import { useId, useState } from 'react'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { cancelWords } from './status-words.ts'

export interface RunningActionsProps {
  view: FileView
  onCheck: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
  /** Keeps what canceling costs for the screen reader and the tooltip. */
  isCompact?: boolean
}

/** What can be done while a video is under way: ask the provider now, or stop it. */
export function RunningActions(props: RunningActionsProps) {
  const { view, onCheck, onCancel, isCompact = false } = props
  const [busy, setBusy] = useState<'check' | 'cancel' | null>(null)
  const noteId = useId()
  const run = (what: 'check' | 'cancel', act: (fileId: string) => Promise<void>) => {
    setBusy(what)
    void act(view.id).finally(() => setBusy(null))
  }
  return (
    <div>
      <div className="flex flex-wrap gap-2">
        <Button size="small" aria-disabled={busy === 'check'} onClick={() => run('check', onCheck)}>
          Check now
        </Button>
        {view.canCancel && (
          <Button
            size="small"
            variant="quiet"
            aria-describedby={noteId}
            title={isCompact ? cancelWords(view) : undefined}
            aria-disabled={busy === 'cancel'}
            onClick={() => run('cancel', onCancel)}
          >
            Cancel
          </Button>
        )}
      </div>
      {view.canCancel && (
        <p id={noteId} className={isCompact ? 'sr-only' : 'mt-2 text-tiny text-soft'}>
          {cancelWords(view)}
        </p>
      )}
    </div>
  )
}
