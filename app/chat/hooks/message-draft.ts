'use client'

import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react'
import { attemptStorage } from '#components/ui/attempt-storage.ts'
import { type ChatImagePart, chatImagesAtMost, type ChatMessage } from '#lib/contract/chat'
import { hasFields } from '#lib/contract/problem'

/** What a user writes and attaches in one message. */
export interface MessageDraft {
  text: string
  images: readonly ChatImagePart[]
}

/** Whether two messages have the same text and images. */
function isSameDraft(a: MessageDraft, b: MessageDraft) {
  const urls = ({ images }: MessageDraft) => images.map(({ url }) => url).join(' ')
  return a.text === b.text && urls(a) === urls(b)
}

const drafts = new Map<string, string>()
const listeners = new Set<() => void>()
const atServer = () => ''

/** The message that is being written; a reload of the tab does not lose it. Each chat has its own. */
export function useDraft(chat: string) {
  const draft = useSyncExternalStore(subscribe, () => read(chat), atServer)
  return [draft, (text: string) => write(chat, text)] as const
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

function read(chat: string) {
  const known = drafts.get(chat)
  if (known !== undefined) return known
  // With blocked storage the draft lives as long as the page.
  const kept = attemptStorage((storage) => storage.getItem(draftKey(chat))) ?? ''
  drafts.set(chat, kept)
  return kept
}

function write(chat: string, text: string) {
  drafts.set(chat, text)
  for (const listener of listeners) listener()
  attemptStorage((storage) =>
    text ? storage.setItem(draftKey(chat), text) : storage.removeItem(draftKey(chat)),
  )
}

function draftKey(chat: string) {
  return `draft.${chat}`
}

interface SentMessageOptions {
  chatId: string
  messages: readonly ChatMessage[]
  /** The message in the box right now. */
  draft: MessageDraft
  /** Puts a message into the box. */
  onReturn: (draft: MessageDraft) => void
}

/**
 * The message on its way, kept until its answer has begun. One that had not arrived when the page was reloaded returns
 * to the box; sent again unchanged, it has the same id, so it is answered once.
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
    /** The id a message was sent with before; undefined for a new one. */
    idOf: (again: MessageDraft) =>
      returned.current && isSameDraft(returned.current, again) ? returned.current.id : undefined,
  }
}

/** A message on its way: until its answer has begun, it is unknown whether it arrived. */
interface SentMessage extends MessageDraft {
  id: string
}

/** Keeps the message that was sent to a chat last, so that a reload does not lose it. */
export function keepSentMessage(chatId: string, message: SentMessage) {
  attemptStorage((storage) => storage.setItem(sentKey(chatId), JSON.stringify(message)))
}

/** The message that was sent to a chat and is not known to have arrived. */
export function peekSentMessage(chatId: string): SentMessage | undefined {
  const message: unknown = attemptStorage((storage) =>
    JSON.parse(storage.getItem(sentKey(chatId)) ?? 'null'),
  )
  if (!hasFields(message, { id: 'string', text: 'string' })) return undefined
  const { id, text, images } = message as SentMessage
  return { id, text, images: Array.isArray(images) ? images : [] }
}

/** It arrived, or is in the box again. */
export function forgetSentMessage(chatId: string) {
  attemptStorage((storage) => storage.removeItem(sentKey(chatId)))
}

function sentKey(chatId: string) {
  return `sent.${chatId}`
}
