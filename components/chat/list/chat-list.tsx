'use client'

import { PlusIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { TextInput } from '#components/ui/form/text-field'
import type { ChatSummary } from '#lib/contract/chat'
import type { Problem } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { type ChatListHandlers, ChatListItem } from './chat-list-item.tsx'

interface ChatListProps extends ChatListHandlers {
  chats: readonly ChatSummary[]
  currentId: string
  search: string
  onSearch: (words: string) => void
  onNew: () => void
  isLoading: boolean
  error: Problem | undefined
  hasMore: boolean
  onMore: () => void
}

/** The chats there are, last used first. */
export function ChatList(props: ChatListProps) {
  const { chats, currentId, search, onSearch, onNew, isLoading, error, hasMore, onMore } = props
  const { onOpen, onRename, onDelete } = props
  const t = useTranslations('chat')
  const say = useSay()
  return (
    <div className="flex h-full flex-col gap-3">
      <Button className="justify-start!" onClick={onNew}>
        <PlusIcon />
        <span>{t('newChat')}</span>
      </Button>
      <TextInput
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.searchHint')}
        value={search}
        onChange={({ target }) => onSearch(target.value)}
      />
      <ul aria-label={t('list.label')} className="-mx-2 min-h-0 flex-1 overflow-y-auto p-2">
        {chats.map((chat) => (
          <CardBoundary key={chat.id}>
            <ChatListItem
              chat={chat}
              isCurrent={chat.id === currentId}
              onOpen={onOpen}
              onRename={onRename}
              onDelete={onDelete}
            />
          </CardBoundary>
        ))}
        {!chats.length && (
          <li className="p-2 text-sm text-soft">{say(emptyMessage(isLoading, search, error))}</li>
        )}
        {hasMore && (
          <li className="mt-2">
            <Button size="small" variant="quiet" onClick={onMore}>
              {t('list.more')}
            </Button>
          </li>
        )}
      </ul>
    </div>
  )
}

function emptyMessage(isLoading: boolean, search: string, error: Problem | undefined) {
  if (error) return message('chat.list.failed', { why: error.detail })
  if (isLoading) return message('chat.loading')
  return message(search ? 'chat.list.noMatch' : 'chat.list.empty')
}
