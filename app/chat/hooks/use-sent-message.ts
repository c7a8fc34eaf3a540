'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import { chatImagesAtMost } from '#lib/contract/chat-images'
import type { ChatMessage } from '#lib/contract/chat-message'
import { type MessageDraft, isSameDraft } from './message-draft.ts'
import {
  type SentMessage,
  forgetSentMessage,
  keepSentMessage,
  peekSentMessage,
} from './sent-messages.ts'

interface SentMessageOptions {
  chatId: string
  messages: readonly ChatMessage[]
  /** The message in the box, as it stands. */
  draft: MessageDraft
  /** Puts a message into the box. */
  onReturn: (draft: MessageDraft) => void
}

/**
 * The message on its way, kept until its answer has begun. One that the server did not get before the page was
 * reloaded returns to the box; sent again as it is, it goes under the same id, so it is answered once.
 */
export function useSentMessage({ chatId, messages, draft, onReturn }: SentMessageOptions) {
  const returned = useRef<SentMessage>(undefined)
  const giveBack = useEffectEvent(() => {
    const sent = peekSentMessage(chatId)
    if (!sent) return
    forgetSentMessage(chatId)
    if (messages.some(({ id }) => id === sent.id)) return
    returned.current = sent
    const text = [sent.text, draft.text].filter(Boolean).join('\n')
    onReturn({ text, images: [...sent.images, ...draft.images].slice(0, chatImagesAtMost) })
  })
  useEffect(() => giveBack(), [])
  const last = messages.at(-1)
  const answerId = last?.role === 'assistant' ? last.id : undefined
  useEffect(() => {
    if (answerId) forgetSentMessage(chatId)
  }, [chatId, answerId])
  return {
    keep: (sent: MessageDraft, id: string) => keepSentMessage(chatId, { ...sent, id }),
    /** The id a message went under before; undefined for one that is new. */
    idOf: (again: MessageDraft) =>
      returned.current && isSameDraft(returned.current, again) ? returned.current.id : undefined,
  }
}
