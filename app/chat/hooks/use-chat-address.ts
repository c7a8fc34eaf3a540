'use client'

import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { newId } from '#lib/ai/api/new-id'

const home = '/chat'

/**
 * Which chat the address names. `/chat` names one nobody has begun: its id is minted here, and goes into the address
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
      if (location.pathname === home) history.replaceState(null, '', `${home}/${fresh.id}`)
    },
    open: (chatId?: string) => history.pushState(null, '', chatId ? `${home}/${chatId}` : home),
  }
}
