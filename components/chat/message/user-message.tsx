'use client'

import { PencilIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/button'
import { TextBox } from '#components/ui/form/text-field'
import {
  type ChatImagePart,
  type ChatMessage,
  chatTextMaxLength,
  imagesOf,
} from '#lib/contract/chat'
import { isBlank } from '#lib/contract/plain-text'
import { textOf } from './message-text.tsx'

interface UserMessageProps {
  message: ChatMessage
  /** Absent while an answer is being written. */
  onResend: ((text: string) => void) | undefined
}

/** What the user wrote and attached; it can be edited, and the conversation goes on from there. */
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
        <p
          dir="auto"
          className="max-w-[min(85%,36rem)] rounded-lg border border-hairline bg-raised px-4 py-2.5 whitespace-pre-wrap"
        >
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

interface MessageEditorProps {
  text: string
  /** They stay as they are. */
  images: readonly ChatImagePart[]
  onSend: (text: string) => void
  onCancel: () => void
}

/** A message being edited. Sending it drops all that came after it. */
function MessageEditor({ text, images, onSend, onCancel }: MessageEditorProps) {
  const [edited, setEdited] = useState(text)
  const isEmpty = isBlank(edited) && images.length === 0
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
          if (event.key !== 'Enter' || event.shiftKey) return
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

/** The images of a sent message; each opens large in a new tab. */
function MessageImages({ images }: { images: readonly ChatImagePart[] }) {
  if (images.length === 0) return null
  return (
    <ul aria-label="Images" className="mb-2 flex max-w-full flex-wrap justify-end gap-2">
      {images.map(({ url }, index) => (
        <li key={url}>
          <a
            href={url}
            target="_blank"
            rel="noopener"
            title="Open large in a new tab"
            className="block hover:opacity-85"
          >
            {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
            <img
              src={url}
              alt={nameOf(index)}
              className="h-28 max-w-44 min-w-20 sm:h-36 sm:max-w-64 rounded-lg border border-hairline bg-sunken object-cover"
            />
            <span className="sr-only">, opens in a new tab</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function nameOf(index: number) {
  return `image ${index + 1} of your message`
}
