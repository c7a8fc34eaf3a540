'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import type { ChatMessage } from '#lib/contract/chat-message'
import {
  type SentMessage,
  forgetSentMessage,
  keepSentMessage,
  peekSentMessage,
} from './sent-messages.ts'

interface SentMessageOptions {
  chatId: string
  messages: readonly ChatMessage[]
  /** The draft as it stands. */
  text: string
  /** Puts a text into the box. */
  onReturn: (text: string) => void
}

/**
 * The message on its way, kept until its answer has begun. One that the server did not get before the page was
 * reloaded returns to the box; sent again as it is, it goes under the same id, so it is answered once.
 */
export function useSentMessage({ chatId, messages, text, onReturn }: SentMessageOptions) {
  const returned = useRef<SentMessage>(undefined)
  const giveBack = useEffectEvent(() => {
    const sent = peekSentMessage(chatId)
    if (!sent) return
    forgetSentMessage(chatId)
    if (messages.some(({ id }) => id === sent.id)) return
    returned.current = sent
    onReturn([sent.text, text].filter(Boolean).join('\n'))
  })
  useEffect(() => giveBack(), [])
  const last = messages.at(-1)
  const answerId = last?.role === 'assistant' ? last.id : undefined
  useEffect(() => {
    if (answerId) forgetSentMessage(chatId)
  }, [chatId, answerId])
  return {
    keep: (sent: string, id: string) => keepSentMessage(chatId, { id, text: sent }),
    /** The id a text went under before; undefined for one that is new. */
    idOf: (again: string) => (returned.current?.text === again ? returned.current.id : undefined),
  }
}
