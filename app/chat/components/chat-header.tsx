'use client'

import { MenuIcon } from 'lucide-react'
import { IconButton } from '#components/ui/button'
import { useConnection } from '#lib/delivery/use-connection'
import { RoomHeader } from '../../room-header.tsx'

/** The head of the chats; on a phone with the way to their list. */
export function ChatHeader({ onChats }: { onChats: () => void }) {
  const connection = useConnection()
  return (
    <RoomHeader
      room="Chat"
      skip={{ href: '#message', words: 'Skip to the message' }}
      status={connection}
      isFollowing={connection !== 'disconnected'}
    >
      <IconButton label="Chats" className="-ml-2 lg:hidden" onClick={onChats}>
        <MenuIcon />
      </IconButton>
    </RoomHeader>
  )
}
