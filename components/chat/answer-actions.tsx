'use client'

import { RotateCcwIcon } from 'lucide-react'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/button'
import type { ChatMetadata } from '#lib/contract/chat-message'

interface AnswerActionsProps {
  text: string
  metadata: ChatMetadata | undefined
  /** Present on the last answer only. */
  onRegenerate: (() => void) | undefined
}

/** What can be done with an answer, and who gave it. */
export function AnswerActions({ text, metadata, onRegenerate }: AnswerActionsProps) {
  return (
    <div className="-ml-2 flex flex-wrap items-center gap-0.5">
      {text && <CopyButton label="Copy answer" text={text} />}
      {onRegenerate && (
        <IconButton label="Answer again" onClick={onRegenerate}>
          <RotateCcwIcon />
        </IconButton>
      )}
      <p className="ml-2 text-tiny text-soft">
        {[metadata?.model, metadata?.isInterrupted && 'stopped before its end']
          .filter(Boolean)
          .join(', ')}
      </p>
    </div>
  )
}
