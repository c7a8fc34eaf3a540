'use client'

import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { MessageBox } from '#components/chat/composer/message-composer'
import { goTo } from '#components/ui/overlay/back-closes.ts'
import { deleteChat, renameChat } from '#lib/ai/api/chat/chat-api'
import { newId } from '#lib/ai/api/new-id'
import { useChats } from '#lib/ai/api/chat/use-chats'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { ChatSummary } from '#lib/contract/chat'
import { eventFeed } from '#lib/delivery/feed'
import { onNews, paced } from '#lib/delivery/news'
import type { Sentence } from '#lib/messages/message'
import { reportFailure } from '../../hooks/report-failure.ts'
import { useDialog } from '../../hooks/use-dialog.ts'

const typingMs = 200

/** The list of chats and what can be done with it, in the side panel as in the drawer of a phone. */
export function useChatPanel(
  address: ReturnType<typeof useChatAddress>,
  box: MessageBox,
  announce: (sentence: Sentence) => void,
) {
  const [search, setSearch] = useState('')
  const chats = useChats(useSettled(search.trim(), typingMs))
  useListNews(chats.reload, chats.chats.length > 0)
  const deletion = useDialog<ChatSummary>()
  const drawer = useDialog<true>()
  const open = (chatId?: string) => {
    drawer.close()
    if (chatId !== address.chatId) address.open(chatId)
    // With nothing to wait for, the next thing one does is to write.
    if (!chatId) setTimeout(() => box.ref.current?.focus())
  }
  const rename = (chat: ChatSummary, title: string) => {
    chats.change((known) => (known.id === chat.id ? { ...known, title } : known))
    void reportFailure(renameChat(chat.id, title).finally(chats.reload), announce)
  }
  const remove = (chat: ChatSummary) => {
    deletion.close()
    chats.change((known) => (known.id === chat.id ? undefined : known))
    if (chat.id === address.chatId) address.open()
    void reportFailure(deleteChat(chat.id).finally(chats.reload), announce)
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

const reloadRestMs = 1_000

/**
 * Reloads the list when a video is started in a chat, here or elsewhere: the chat may be new, or the newest now. Who
 * has no chat may have no session, and follows nothing.
 */
function useListNews(reload: () => void, hasChats: boolean) {
  useEffect(() => (hasChats ? eventFeed().followNews() : undefined), [hasChats])
  useEffect(() => {
    const paceReload = paced(async () => reload(), reloadRestMs)
    return onNews((changes) => {
      const isInChat = changes.some(({ change, chatId }) => change === 'started' && chatId)
      if (isInChat && document.visibilityState === 'visible') void paceReload()
    })
  }, [reload])
}

/** A value once it has not changed for a while. */
function useSettled<T>(value: T, afterMs: number) {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return settled
}

// The router's own addresses are without the base path, those of the browser's history with it.
const home = '/chat'
const homeAddress = withBasePath(home)

/**
 * Which chat the address names. `/chat` names a new one: its id is minted here, and goes into the address
 * with its first message. Going from chat to chat asks the server for no page, so it works while that restarts.
 */
export function useChatAddress() {
  const named = usePathname().slice(home.length + 1)
  const [fresh, setFresh] = useState(() => ({ id: newId('chat'), isUsed: false }))
  if (named === fresh.id && !fresh.isUsed) setFresh({ ...fresh, isUsed: true })
  // Back at the empty page after its chat was begun: the next one.
  if (!named && fresh.isUsed) setFresh({ id: newId('chat'), isUsed: false })
  return {
    chatId: named || fresh.id,
    isNew: !named,
    /** The first message is on its way: a reload shall find it. */
    keep: () => {
      if (location.pathname === homeAddress)
        history.replaceState(null, '', `${homeAddress}/${fresh.id}`)
    },
    open: (chatId?: string) => goTo(chatId ? `${homeAddress}/${chatId}` : homeAddress),
  }
}
