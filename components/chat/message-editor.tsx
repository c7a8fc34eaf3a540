'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { TextBox } from '#components/ui/form/text-field'
import type { ChatImagePart } from '#lib/contract/chat-images'
import { chatTextMaxLength } from '#lib/contract/chat-message'
import { MessageImages } from './message-images.tsx'

interface MessageEditorProps {
  text: string
  /** They stay as they are. */
  images: readonly ChatImagePart[]
  onSend: (text: string) => void
  onCancel: () => void
}

/** A message in the making for the second time. Sending it drops whatever came after it. */
export function MessageEditor({ text, images, onSend, onCancel }: MessageEditorProps) {
  const [edited, setEdited] = useState(text)
  const isEmpty = !edited.trim() && images.length === 0
  const send = () => !isEmpty && onSend(edited.trim())
  return (
    <form
      aria-label="Edit message"
      className="ml-auto w-full max-w-xl"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <MessageImages images={images} />
      <TextBox
        aria-label="Edited message"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the click that opened it asked to write here
        autoFocus
        value={edited}
        maxLength={chatTextMaxLength}
        onChange={({ target }) => setEdited(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            onCancel()
          }
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          send()
        }}
        className="bg-raised text-base!"
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <p className="mr-auto text-tiny text-soft">
          The conversation goes on from here. Videos are kept.
        </p>
        <Button size="small" variant="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button size="small" type="submit" disabled={isEmpty}>
          Send again
        </Button>
      </div>
    </form>
  )
}
