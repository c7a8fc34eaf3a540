'use client'

import { PlusIcon } from 'lucide-react'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { TextInput } from '#components/ui/form/text-field'
import type { ChatSummary } from '#lib/contract/chat'
import type { Problem } from '#lib/contract/problem'
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
  return (
    <div className="flex h-full flex-col gap-3">
      <Button className="justify-start!" onClick={onNew}>
        <PlusIcon />
        New chat
      </Button>
      <TextInput
        type="search"
        aria-label="Search chats"
        placeholder="Search"
        value={search}
        onChange={({ target }) => onSearch(target.value)}
      />
      <ul aria-label="Chats" className="-mx-2 min-h-0 flex-1 overflow-y-auto p-2">
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
          <li className="p-2 text-sm text-soft">{emptyMessage(isLoading, search, error)}</li>
        )}
        {hasMore && (
          <li className="mt-2">
            <Button size="small" variant="quiet" onClick={onMore}>
              Load more
            </Button>
          </li>
        )}
      </ul>
    </div>
  )
}

function emptyMessage(isLoading: boolean, search: string, error: Problem | undefined) {
  if (error) return `The chats could not be loaded. ${error.detail}`
  if (isLoading) return 'Loading'
  return search ? 'No chat holds these words.' : 'Your chats will stand here.'
}
