'use client'

import { MenuIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import { useEffect, useState } from 'react'
import { useMessageBox } from '#components/chat/composer/message-composer'
import { ChatList } from '#components/chat/list/chat-list'
import { IconButton } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { LiveRegion } from '#components/ui/live-region'
import { richTags } from '#components/ui/rich-tags'
import type { ChatSummary } from '#lib/contract/chat'
import { useConnection } from '#lib/delivery/use-connection'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import type { useDialog } from '../../hooks/use-dialog.ts'
import { RoomHeader } from '../../room-header.tsx'
import { type ChatPanelState, useChatAddress, useChatPanel } from '../hooks/use-chat-panel.ts'
import { ChatLoader } from './chat-loader.tsx'

const Drawer = lazyPart(() =>
  import('#components/ui/overlay/drawer').then((module) => module.Drawer),
)

/** The room of the chats: the list of them beside the one that is open. */
export function ChatScreen() {
  const address = useChatAddress()
  const t = useTranslations('chat')
  const say = useSay()
  const [announcement, announce] = useState<Sentence>('')
  const box = useMessageBox()
  const panel = useChatPanel(address, box, announce)
  const { drawer, chats } = panel
  const { chatId } = address
  const chat = chats.chats.find(({ id }) => id === chatId)
  const title = chat && (chat.title || t('untitled'))
  const pageTitle = title ?? t('title')
  useEffect(() => {
    document.title = `${pageTitle} · Photofinish`
  }, [pageTitle])
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <ChatHeader boxId={box.id} onChats={drawer.open} />
      <main className="flex min-h-0 flex-1">
        <aside aria-label={t('allChats')} className={sideStyle}>
          <ChatPanel panel={panel} currentId={chatId} />
        </aside>
        <ChatLoader
          key={chatId}
          chatId={chatId}
          box={box}
          isNew={address.isNew}
          title={title}
          answeredBy={chats.answeredBy}
          announce={announce}
          onBegin={address.keep}
          onChange={chats.reload}
          onNew={() => panel.open()}
        />
      </main>
      <CardBoundary className="m-4">
        {drawer.wasOpened && (
          <Drawer title={t('list.label')} isOpen={drawer.isOpen} onClose={drawer.close}>
            <ChatPanel panel={panel} currentId={chatId} />
          </Drawer>
        )}
        <DeleteChatDialog deletion={panel.deletion} onConfirm={panel.remove} />
      </CardBoundary>
      <LiveRegion announcement={say(announcement)} />
    </div>
  )
}

const sideStyle = 'w-64 shrink-0 border-r border-hairline p-4 max-lg:hidden lg:px-6 xl:w-76 xl:px-8'

/** The header of the chats; on a phone with the button that opens their list. */
function ChatHeader({ boxId, onChats }: { boxId: string; onChats: () => void }) {
  const t = useTranslations('chat')
  const connection = useConnection()
  return (
    <RoomHeader room="chat" skip={{ href: `#${boxId}`, words: t('skip') }} status={connection}>
      <IconButton label={t('list.label')} className="-ml-2 lg:hidden" onClick={onChats}>
        <MenuIcon />
      </IconButton>
    </RoomHeader>
  )
}

/** The list of chats, in the side panel and in the drawer. */
function ChatPanel({ panel, currentId }: { panel: ChatPanelState; currentId: string }) {
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

const ConfirmDialog = lazyPart(() =>
  import('#components/ui/overlay/confirm-dialog').then((module) => module.ConfirmDialog),
)

interface DeleteChatDialogProps {
  deletion: ReturnType<typeof useDialog<ChatSummary>>
  onConfirm: (chat: ChatSummary) => void
}

/** Asks before a chat is deleted, for there is no undo. */
function DeleteChatDialog({ deletion, onConfirm }: DeleteChatDialogProps) {
  const t = useTranslations('chat')
  const { subject, isOpen, close } = deletion
  if (!subject) return null
  const title = subject.title || t('untitled')
  return (
    <ConfirmDialog
      title={t('deletion.question')}
      description={<span>{t.rich('deletion.consequence', { ...richTags, title })}</span>}
      action={t('deletion.confirm')}
      isOpen={isOpen}
      onConfirm={() => onConfirm(subject)}
      onClose={close}
    />
  )
}
