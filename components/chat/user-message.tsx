'use client'

import { PencilIcon } from 'lucide-react'
import { useState } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/button'
import { imagesOf } from '#lib/contract/chat-images'
import type { ChatMessage } from '#lib/contract/chat-message'
import { MessageEditor } from './message-editor.tsx'
import { MessageImages } from './message-images.tsx'
import { textOf } from './text-of.ts'

interface UserMessageProps {
  message: ChatMessage
  /** Absent while an answer is being written. */
  onResend: ((text: string) => void) | undefined
}

/** What the user said and showed; it can be said in other words, and the conversation goes on from there. */
export function UserMessage({ message, onResend }: UserMessageProps) {
  const [isEditing, setIsEditing] = useState(false)
  const text = textOf(message)
  const images = imagesOf(message)
  if (isEditing && onResend)
    return (
      <MessageEditor
        text={text}
        images={images}
        onCancel={() => setIsEditing(false)}
        onSend={(edited) => {
          setIsEditing(false)
          onResend(edited)
        }}
      />
    )
  return (
    <article aria-label="You" className="flex flex-col items-end">
      <MessageImages images={images} />
      {text && (
        <p className="max-w-[min(85%,36rem)] rounded-lg border border-hairline bg-raised px-4 py-2.5 whitespace-pre-wrap wrap-anywhere">
          {text}
        </p>
      )}
      <div className="mt-1 flex gap-0.5">
        {text && <CopyButton label="Copy message" text={text} />}
        {onResend && (
          <IconButton label="Edit message" onClick={() => setIsEditing(true)}>
            <PencilIcon />
          </IconButton>
        )}
      </div>
    </article>
  )
}
