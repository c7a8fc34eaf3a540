'use client'

import { ChatList } from '#components/chat/chat-list'
import type { ChatPanelState } from '../hooks/use-chat-panel.ts'

/** The list of chats, wherever it stands. */
export function ChatPanel({ panel, currentId }: { panel: ChatPanelState; currentId: string }) {
  const { chats, isLoading, error, hasMore, loadMore } = panel.chats
  return (
    <ChatList
      chats={chats}
      currentId={currentId}
      search={panel.search}
      onSearch={panel.setSearch}
      isLoading={isLoading}
      error={error}
      hasMore={hasMore}
      onMore={loadMore}
      onNew={() => panel.open()}
      onOpen={panel.open}
      onRename={panel.rename}
      onDelete={panel.deletion.open}
    />
  )
}
