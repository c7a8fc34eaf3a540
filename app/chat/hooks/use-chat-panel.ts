'use client'

import { useState } from 'react'
import { deleteChat, renameChat } from '#lib/ai/api/chat-api'
import { useChats } from '#lib/ai/api/use-chats'
import type { ChatSummary } from '#lib/contract/chat-view'
import { attempt } from '../../hooks/attempt.ts'
import { useDialog } from '../../hooks/use-dialog.ts'
import type { useChatAddress } from './use-chat-address.ts'
import { useSettled } from './use-settled.ts'

const typingMs = 200

/** The list of chats and what can be done with it, in the side panel as in the drawer of a phone. */
export function useChatPanel(
  address: ReturnType<typeof useChatAddress>,
  announce: (sentence: string) => void,
) {
  const [search, setSearch] = useState('')
  const chats = useChats(useSettled(search.trim(), typingMs))
  const deletion = useDialog<ChatSummary>()
  const drawer = useDialog<true>()
  const open = (chatId?: string) => {
    drawer.close()
    if (chatId !== address.chatId) address.open(chatId)
    // With nothing to wait for, the next thing one does is to write.
    if (!chatId) setTimeout(() => document.getElementById('message')?.focus())
  }
  const rename = (chat: ChatSummary, title: string) => {
    chats.change((known) => (known.id === chat.id ? { ...known, title } : known))
    void attempt(renameChat(chat.id, title).finally(chats.reload), announce)
  }
  const remove = (chat: ChatSummary) => {
    deletion.close()
    chats.change((known) => (known.id === chat.id ? undefined : known))
    if (chat.id === address.chatId) address.open()
    void attempt(deleteChat(chat.id).finally(chats.reload), announce)
  }
  return {
    chats,
    search,
    setSearch,
    open,
    rename,
    remove,
    deletion,
    drawer: {
      isOpen: drawer.isOpen,
      wasOpened: drawer.subject !== null,
      open: () => drawer.open(true),
      close: drawer.close,
    },
  }
}

export type ChatPanelState = ReturnType<typeof useChatPanel>
