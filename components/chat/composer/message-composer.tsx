'use client'

import { clsx } from 'clsx'
import { ArrowUpIcon, ImagePlusIcon, SquareIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type ReactNode, type RefObject, useId, useMemo, useRef } from 'react'
import { Button } from '#components/ui/button'
import { IconButton } from '#components/ui/button'
import { LengthNote } from '#components/ui/form/length-note'
import { chatTextMaxLength } from '#lib/contract/chat'
import { lengthOf } from '#lib/contract/text/plain-text'

/** The field a message is written in: each composer has its own, for a page may show several. */
export interface MessageBox {
  id: string
  ref: RefObject<HTMLTextAreaElement | null>
}

export function useMessageBox(): MessageBox {
  const id = useId()
  const ref = useRef<HTMLTextAreaElement>(null)
  return useMemo(() => ({ id, ref }), [id])
}

interface MessageComposerProps {
  text: string
  onChange: (text: string) => void
  onSend: () => void
  onStop: () => void
  /** There is something to send, and nothing it has to wait for. */
  canSend: boolean
  isAnswering: boolean
  onFiles: (files: File[]) => void
  /** Files are held over the page, to be dropped. */
  isOver: boolean
  /** What is attached. */
  children: ReactNode
  box: MessageBox
}

/** Where a message is written. Enter sends, Shift+Enter breaks the line, Escape stops the answer. */
export function MessageComposer(props: MessageComposerProps) {
  const { text, onChange, onSend, onStop, canSend, isAnswering, onFiles, isOver } = props
  const { id, ref } = props.box
  const t = useTranslations('chat.composer')
  const act = () => {
    if (isAnswering) onStop()
    else onSend()
    ref.current?.focus()
  }
  return (
    <form
      aria-label={t('form')}
      onSubmit={(event) => {
        event.preventDefault()
        act()
      }}
      className={clsx(barStyle, isOver && 'outline-2 outline-offset-2 outline-signal')}
    >
      {props.children}
      <div className="@container flex items-end gap-1.5">
        <AttachButton onFiles={onFiles} />
        <label htmlFor={id} className="sr-only">
          {t('message')}
        </label>
        <textarea
          ref={ref}
          id={id}
          dir="auto"
          rows={1}
          value={text}
          aria-describedby={`${id}-length`}
          aria-invalid={lengthOf(text) > chatTextMaxLength}
          onChange={({ target }) => onChange(target.value)}
          onKeyDown={(event) => {
            if (!isSendKey(event)) return
            event.preventDefault()
            if (!isAnswering) onSend()
          }}
          placeholder={isOver ? t('dropHere') : t('hint')}
          className="field-sizing-content max-h-[40dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent py-2.5 text-base placeholder:text-soft focus-visible:outline-none"
        />
        <SendButton isAnswering={isAnswering} canSend={canSend} />
      </div>
      <LengthNote id={`${id}-length`} length={lengthOf(text)} max={chatTextMaxLength} />
    </form>
  )
}

function SendButton({ isAnswering, canSend }: { isAnswering: boolean; canSend: boolean }) {
  const t = useTranslations('chat.composer')
  return (
    <Button
      type="submit"
      variant={isAnswering ? 'outline' : 'primary'}
      className="@max-sm:w-11 @max-sm:px-0"
      disabled={!isAnswering && !canSend}
      aria-keyshortcuts={isAnswering ? 'Escape' : 'Enter'}
    >
      {isAnswering ? <SquareIcon /> : <ArrowUpIcon />}
      <span className="@max-sm:sr-only">{isAnswering ? t('stop') : t('send')}</span>
    </Button>
  )
}

function isSendKey({ key, shiftKey }: KeyboardEvent) {
  return key === 'Enter' && !shiftKey
}

const barStyle = [
  'rounded-lg border border-edge bg-raised p-1.5',
  'focus-within:border-signal-ink focus-within:shadow-[0_0_0_1px_var(--color-signal-ink)]',
].join(' ')

interface AttachButtonProps {
  onFiles: (files: File[]) => void
}

/** Chooses images for the message; they can be dropped or pasted as well. */
function AttachButton({ onFiles }: AttachButtonProps) {
  const t = useTranslations('chat.composer')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        label={t('addImages')}
        className="my-1.5 touch:my-0"
        onClick={() => input.current?.click()}
      >
        <ImagePlusIcon />
      </IconButton>
      <input
        ref={input}
        type="file"
        multiple
        aria-label={t('images')}
        accept="image/png,image/jpeg,image/webp"
        className="hidden"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          target.value = ''
        }}
      />
    </>
  )
}
