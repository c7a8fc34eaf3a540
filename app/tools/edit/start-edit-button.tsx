'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import type { EditRequest } from '#lib/contract/edit/edit-request'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { useStartEdit } from './use-start-edit.ts'

interface StartEditButtonProps {
  label: string
  request: EditRequest
  /** Why it cannot be started as it is set. */
  fault: Sentence | undefined
  onStarted: () => void
}

/** Starts an edit, and says why it cannot be, or was not. */
export function StartEditButton({ label, request, fault, onStarted }: StartEditButtonProps) {
  const t = useTranslations('edits')
  const say = useSay()
  const { start, isBusy, problem } = useStartEdit(onStarted)
  const says = fault ?? problem?.detail
  return (
    <>
      <Button
        variant="primary"
        aria-disabled={isBusy || fault !== undefined}
        aria-describedby={says ? 'edit-fault' : undefined}
        onClick={() => {
          if (!isBusy && !fault) void start(request)
        }}
      >
        {label}
      </Button>
      {says && (
        <p id="edit-fault" role={problem ? 'alert' : undefined} className="text-sm text-signal-ink">
          {say(says)}
        </p>
      )}
      <p className="text-sm text-pretty text-soft">
        {t(request.edit.operation === 'join' ? 'join.note' : 'note')}
      </p>
    </>
  )
}
