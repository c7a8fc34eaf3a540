'use client'

import { PencilIcon } from 'lucide-react'
import { useState } from 'react'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/icon-button'
import { MessageEditor } from './message-editor.tsx'

interface UserMessageProps {
  text: string
  /** Absent while an answer is being written. */
  onResend: ((text: string) => void) | undefined
}

/** What the user said; it can be said again in other words, and the conversation goes on from there. */
export function UserMessage({ text, onResend }: UserMessageProps) {
  const [isEditing, setIsEditing] = useState(false)
  if (isEditing && onResend)
    return (
      <MessageEditor
        text={text}
        onCancel={() => setIsEditing(false)}
        onSend={(edited) => {
          setIsEditing(false)
          onResend(edited)
        }}
      />
    )
  return (
    <article aria-label="You" className="flex flex-col items-end">
      <p className="max-w-[min(85%,36rem)] rounded-lg border border-hairline bg-raised px-4 py-2.5 whitespace-pre-wrap wrap-anywhere">
        {text}
      </p>
      <div className="mt-1 flex gap-0.5">
        <CopyButton label="Copy message" text={text} />
        {onResend && (
          <IconButton label="Edit message" onClick={() => setIsEditing(true)}>
            <PencilIcon />
          </IconButton>
        )}
      </div>
    </article>
  )
}
