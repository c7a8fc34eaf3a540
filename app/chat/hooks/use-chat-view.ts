'use client'

import { useEffect, useState } from 'react'
import { readChat } from '#lib/ai/api/chat-api'
import type { ChatView } from '#lib/contract/chat-view'
import type { Problem } from '#lib/contract/problem'
import { ProblemError } from '#lib/contract/read-answer'

interface Loaded {
  view?: ChatView
  problem?: Problem
}

/** A chat as the server has it, read once, and anew whenever it is opened; nothing is read of one nobody has begun. */
export function useChatView(chatId: string, isNew: boolean) {
  const [loaded, setLoaded] = useState<Loaded>({})
  const [isWanted, setIsWanted] = useState(!isNew)
  useEffect(() => {
    if (!isWanted) return undefined
    let isHere = true
    const show = (result: Loaded) => {
      if (!isHere) return
      setLoaded(result)
      setIsWanted(false)
    }
    readChat(chatId).then(
      (view) => show({ view }),
      (error: unknown) => {
        if (!(error instanceof ProblemError)) throw error
        show({ problem: error.problem })
      },
    )
    return () => {
      isHere = false
    }
  }, [chatId, isWanted])
  return { ...loaded, reload: () => (setLoaded({}), setIsWanted(true)) }
}
