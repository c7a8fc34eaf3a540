'use client'

import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { LiveRegion } from '#components/ui/live-region'
import { useChatAddress } from '../hooks/use-chat-address.ts'
import { useChatPanel } from '../hooks/use-chat-panel.ts'
import { ChatHeader } from './chat-header.tsx'
import { ChatLoader } from './chat-loader.tsx'
import { ChatPanel } from './chat-panel.tsx'
import { DeleteChatDialog } from './delete-chat-dialog.tsx'

const Drawer = dynamic(() =>
  import('#components/ui/overlay/drawer').then((module) => module.Drawer),
)

/** The room of the chats: the list of them beside the one that is open. */
export function ChatScreen() {
  const address = useChatAddress()
  const [announcement, announce] = useState('')
  const panel = useChatPanel(address, announce)
  const { drawer, chats } = panel
  const { chatId } = address
  const title = chats.chats.find(({ id }) => id === chatId)?.title
  useEffect(() => {
    document.title = `${title ?? 'Chat'} · Photofinish`
  }, [title])
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <ChatHeader onChats={drawer.open} />
      <main className="flex min-h-0 flex-1">
        <aside aria-label="All chats" className={sideStyle}>
          <ChatPanel panel={panel} currentId={chatId} />
        </aside>
        <ChatLoader
          key={chatId}
          chatId={chatId}
          isNew={address.isNew}
          title={title}
          answeredBy={chats.answeredBy}
          announce={announce}
          onBegin={address.keep}
          onChange={chats.reload}
          onNew={() => panel.open()}
        />
      </main>
      {drawer.wasOpened && (
        <Drawer title="Chats" isOpen={drawer.isOpen} onClose={drawer.close}>
          <ChatPanel panel={panel} currentId={chatId} />
        </Drawer>
      )}
      <DeleteChatDialog deletion={panel.deletion} onConfirm={panel.remove} />
      <LiveRegion announcement={announcement} />
    </div>
  )
}

const sideStyle = 'w-64 shrink-0 border-r border-hairline p-4 max-lg:hidden lg:px-6 xl:w-76 xl:px-8'
