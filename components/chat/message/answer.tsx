'use client'

import { RotateCcwIcon } from 'lucide-react'
import { memo } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/button'
import type { ChatMessage, ChatMetadata } from '#lib/contract/chat'
import { type AnswerPartProps, AnswerPart, ToolNote } from './answer-part.tsx'
import { textOf } from './message-text.tsx'

interface AnswerProps extends Omit<AnswerPartProps, 'part'> {
  message: ChatMessage
  /** It is being written; what can be done with it comes at its end. */
  isOpen: boolean
  onRegenerate: (() => void) | undefined
}

/** What the assistant said and made. */
export const Answer = memo(function Answer(props: AnswerProps) {
  const { message, isOpen, onRegenerate, ...part } = props
  return (
    <article aria-label="Answer" className="space-y-4">
      {message.parts.map((one, index) => (
        // Parts are only ever added at the end, so their index identifies them.
        // oxlint-disable-next-line react/no-array-index-key
        <AnswerPart key={index} part={one} {...part} />
      ))}
      {!isOpen && message.metadata?.error && <ToolNote>{message.metadata.error}</ToolNote>}
      {!isOpen && (
        <AnswerActions
          text={textOf(message)}
          metadata={message.metadata}
          onRegenerate={onRegenerate}
        />
      )}
    </article>
  )
})

interface AnswerActionsProps {
  text: string
  metadata: ChatMetadata | undefined
  /** Present on the last answer only. */
  onRegenerate: (() => void) | undefined
}

/** What can be done with an answer, and who gave it. */
function AnswerActions({ text, metadata, onRegenerate }: AnswerActionsProps) {
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
