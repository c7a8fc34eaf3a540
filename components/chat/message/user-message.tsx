'use client'

import { PencilIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/button'
import { useKeptText } from '#components/ui/form/use-kept-text.ts'
import { LengthNote } from '#components/ui/form/length-note'
import { TextBox } from '#components/ui/form/text-field'
import { withBasePath, withoutBasePath } from '#lib/contract/calls/base-path'
import {
  type ChatImagePart,
  type ChatMessage,
  chatTextMaxLength,
  imagesOf,
} from '#lib/contract/chat'
import { isBlank, lengthOf } from '#lib/contract/text/plain-text'
import { textOf } from './message-text.tsx'

interface UserMessageProps {
  message: ChatMessage
  /** Absent while an answer is being written. */
  onResend: ((text: string) => void) | undefined
}

/** What the user wrote and attached; it can be edited, and the conversation goes on from there. */
export function UserMessage({ message, onResend }: UserMessageProps) {
  const t = useTranslations('chat.message')
  const [isEditing, setIsEditing] = useState(false)
  const text = textOf(message)
  const images = imagesOf(message)
  if (isEditing && onResend)
    return (
      <MessageEditor
        id={message.id}
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
    <article aria-label={t('you')} className="flex flex-col items-end">
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
        {text && <CopyButton label={t('copy')} text={text} />}
        {onResend && (
          <IconButton label={t('edit')} onClick={() => setIsEditing(true)}>
            <PencilIcon />
          </IconButton>
        )}
      </div>
    </article>
  )
}

interface MessageEditorProps {
  id: string
  text: string
  /** They stay as they are. */
  images: readonly ChatImagePart[]
  onSend: (text: string) => void
  onCancel: () => void
}

/** A message being edited. Sending it drops all that came after it. */
function MessageEditor(props: MessageEditorProps) {
  const t = useTranslations('chat.message')
  const { images } = props
  const lengthId = useId()
  const { edited, change, isTooLong, canSend, send, cancel } = useEditedMessage(props)
  return (
    <form
      aria-label={t('edit')}
      className="ml-auto w-full max-w-xl"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <MessageImages images={images} />
      <TextBox
        aria-label={t('edited')}
        aria-describedby={lengthId}
        aria-invalid={isTooLong}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the click that opened it asked to write here
        autoFocus
        value={edited}
        onChange={({ target }) => change(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation()
            cancel()
          }
          if (event.key !== 'Enter' || event.shiftKey) return
          event.preventDefault()
          send()
        }}
        className="bg-raised text-base!"
      />
      <LengthNote id={lengthId} length={lengthOf(edited)} max={chatTextMaxLength} />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <p className="mr-auto text-tiny text-soft">{t('editNote')}</p>
        <Button size="small" variant="quiet" onClick={cancel}>
          {t('cancel')}
        </Button>
        <Button size="small" type="submit" disabled={!canSend}>
          {t('sendAgain')}
        </Button>
      </div>
    </form>
  )
}

/** The text of a message being edited, kept over reloads until it is sent or given up. */
function useEditedMessage({ id, text, images, onSend, onCancel }: MessageEditorProps) {
  const [edited, change, forget] = useKeptText(`edit.${id}`, text)
  const isTooLong = lengthOf(edited) > chatTextMaxLength
  const canSend = (!isBlank(edited) || images.length > 0) && !isTooLong
  const cancel = () => {
    forget()
    onCancel()
  }
  const send = () => {
    if (!canSend) return
    forget()
    onSend(edited.trim())
  }
  return { edited, change, isTooLong, canSend, send, cancel }
}

/** The images of a sent message; each opens large in a new tab. */
function MessageImages({ images }: { images: readonly ChatImagePart[] }) {
  const t = useTranslations('chat.message')
  if (images.length === 0) return null
  return (
    <ul aria-label={t('images')} className="mb-2 flex max-w-full flex-wrap justify-end gap-2">
      {images.map(({ url }, index) => (
        <li key={url}>
          <a
            href={withBasePath(withoutBasePath(url))}
            target="_blank"
            rel="noopener"
            title={t('openImage')}
            className="block hover:opacity-85"
          >
            {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
            <img
              src={withBasePath(withoutBasePath(url))}
              alt={t('image', { number: index + 1 })}
              className="h-28 max-w-44 min-w-20 sm:h-36 sm:max-w-64 rounded-lg border border-hairline bg-sunken object-cover"
            />
            <span className="sr-only">{t('newTab')}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
