'use client'

import { memo } from 'react'
import type { ChatMessage } from '#lib/contract/chat-message'
import { AnswerActions } from './answer-actions.tsx'
import { AnswerPart, type AnswerPartProps } from './answer-part.tsx'
import { textOf } from './text-of.ts'
import { ToolNote } from './tool-note.tsx'

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
        // Parts are only ever added at the end, so their place is who they are.
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
