'use client'

import { clsx } from 'clsx'
import { PencilIcon, Trash2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type MouseEvent, useState } from 'react'
import { IconButton } from '#components/ui/button'
import { LengthNote } from '#components/ui/form/length-note'
import { TextInput } from '#components/ui/form/text-field'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { ChatSummary } from '#lib/contract/chat'
import { isBlank, lengthOf } from '#lib/contract/text/plain-text'

export interface ChatListHandlers {
  onOpen: (chatId: string) => void
  onRename: (chat: ChatSummary, title: string) => void
  onDelete: (chat: ChatSummary) => void
}

interface ChatListItemProps extends ChatListHandlers {
  chat: ChatSummary
  isCurrent: boolean
}

/** A chat by its title; a true link, so that it opens in another tab too. */
export function ChatListItem(props: ChatListItemProps) {
  const { chat, isCurrent, onOpen, onRename, onDelete } = props
  const t = useTranslations('chat')
  const title = chat.title || t('untitled')
  const [isRenaming, setIsRenaming] = useState(false)
  const rename = (next: string) => {
    setIsRenaming(false)
    if (!isBlank(next) && next !== title) onRename(chat, next)
  }
  return (
    <li className={clsx('group relative flex min-h-9 items-center touch:min-h-11', itemStyle)}>
      {isRenaming ? (
        <TitleEditor title={title} onDone={rename} />
      ) : (
        <>
          <a
            href={withBasePath(`/chat/${chat.id}`)}
            aria-current={isCurrent ? 'page' : undefined}
            onClick={(event) => {
              if (!isPlainClick(event)) return
              event.preventDefault()
              onOpen(chat.id)
            }}
            className={clsx(
              'min-w-0 flex-1 border-l-2 py-2 pl-3 text-sm',
              isCurrent ? 'border-signal font-medium text-ink' : 'border-hairline text-soft',
            )}
          >
            <span dir="auto" className="block truncate">
              {title}
            </span>
          </a>
          <span className={actionsStyle}>
            <IconButton label={t('list.rename', { title })} onClick={() => setIsRenaming(true)}>
              <PencilIcon />
            </IconButton>
            <IconButton label={t('list.delete', { title })} onClick={() => onDelete(chat)}>
              <Trash2Icon />
            </IconButton>
          </span>
        </>
      )}
    </li>
  )
}

const itemStyle = 'hover:[&>a]:text-ink'

/** Out of the way until they are pointed at or have the focus; always there for fingers. */
const actionsStyle = [
  'flex shrink-0 bg-ground opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
  'not-touch:absolute not-touch:right-0 touch:opacity-100',
].join(' ')

function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey
}

/** As the server has it. */
const maxLength = 200

interface TitleEditorProps {
  title: string
  /** Called once, with the new title, or the old one where it was not changed. */
  onDone: (title: string) => void
}

/** A title being edited: Enter keeps it, Escape does not. */
function TitleEditor({ title, onDone }: TitleEditorProps) {
  const t = useTranslations('chat.list')
  const [text, setText] = useState(title)
  const isTooLong = lengthOf(text) > maxLength
  const keep = () => {
    if (!isTooLong) onDone(text.trim())
  }
  return (
    <div className="flex-1">
      <TextInput
        aria-invalid={isTooLong}
        aria-describedby="title-length"
        aria-label={t('titleField')}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the click that opened it asked to write here
        autoFocus
        value={text}
        onChange={({ target }) => setText(target.value)}
        onFocus={({ target }) => target.select()}
        onBlur={keep}
        onKeyDown={({ key }) => {
          if (key === 'Enter') keep()
          if (key === 'Escape') onDone(title)
        }}
        className="h-9!"
      />
      <LengthNote id="title-length" length={lengthOf(text)} max={maxLength} />
    </div>
  )
}
