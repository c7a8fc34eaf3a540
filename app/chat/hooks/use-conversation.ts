'use client'

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { ChatRefusal, readChat } from '#lib/ai/api/chat/chat-api'
import type { ChatVideo, ChatView } from '#lib/contract/chat'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { eventFeed } from '#lib/delivery/feed'
import { onNews, paced } from '#lib/delivery/news'
import { type Sentence, message } from '#lib/messages/message'
import { videosOf } from '../../../components/chat/artifact/versions.ts'
import { textOf } from '../../../components/chat/message/message-text.tsx'
import { ChatSession } from './chat-session.ts'

const spokenLength = 160

interface ConversationOptions {
  chatId: string
  initial: ChatView | undefined
  /** Says a sentence in the page's live region. */
  announce: (sentence: Sentence) => void
  /** The list of chats has news: a title, an order. */
  onChange: () => void
}

/** One chat: its messages, its videos, and what can be done in it. Mount it once for each chat. */
export function useConversation({ chatId, initial, announce, onChange }: ConversationOptions) {
  const [videosOnRecord, setVideosOnRecord] = useState<readonly ChatVideo[]>(initial?.videos ?? [])
  const [isRecovering, setIsRecovering] = useState(false)
  const [session] = useState(
    () =>
      new ChatSession({
        chatId,
        initial,
        onView: ({ videos }) => setVideosOnRecord(videos),
        onAnswer: (answer) => {
          const text = textOf(answer).slice(0, spokenLength)
          announce(message('chat.answer.ready', { text }))
          onChange()
        },
        onRecovering: setIsRecovering,
      }),
  )
  const { subscribe, read } = session.store
  const { messages, status, error } = useSyncExternalStore(subscribe, read, read)
  useSessionLife(session)
  useChatNews(session, chatId, messages.length > 0)
  useEffect(() => {
    // The server has the first message by now, and has made a title of it.
    if (status === 'streaming') onChange()
  }, [status, onChange])
  const videos = useSame(videosOf(messages, videosOnRecord))
  return {
    chatId,
    session,
    messages,
    videos,
    isAnswering: status === 'submitted' || status === 'streaming',
    isRecovering,
    refusal: error instanceof ChatRefusal ? error : undefined,
    addVideo: (video: ChatVideo) => setVideosOnRecord((known) => [...known, video]),
  }
}

/** The very same list for as long as it says the same: streaming text must not redraw every card. */
function useSame(videos: ChatVideo[]) {
  const words = JSON.stringify(videos)
  return useMemo(() => JSON.parse(words) as ChatVideo[], [words])
}

/** Reads the truth again when one comes back to the tab; another tab may have gone on meanwhile. */
function useSessionLife(session: ChatSession) {
  useEffect(() => {
    session.open()
    const look = () => {
      if (document.visibilityState === 'visible') void session.sync()
    }
    document.addEventListener('visibilitychange', look)
    addEventListener('online', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      removeEventListener('online', look)
      session.close()
    }
  }, [session])
}

const syncRestMs = 1_000

/** Reads the truth again when another tab, device or member starts a video in this chat. */
function useChatNews(session: ChatSession, chatId: string, hasBegun: boolean) {
  // Before its first message the browser may have no session, and the channel answers 404.
  useEffect(() => (hasBegun ? eventFeed().followNews() : undefined), [hasBegun])
  useEffect(() => {
    const sync = paced(() => session.sync(), syncRestMs)
    let isFirstLook = true
    return onNews((changes) => {
      // The stream begins with a call to look; the chat was read a moment before.
      const isMissed = changes.length === 0 && !isFirstLook
      if (changes.length === 0) isFirstLook = false
      const isHere = changes.some((one) => one.change === 'started' && one.chatId === chatId)
      if (isMissed || isHere) void sync()
    })
  }, [session, chatId])
}

export type Conversation = ReturnType<typeof useConversation>

interface Loaded {
  view?: ChatView
  problem?: Problem
}

/** A chat as the server has it, read each time it is opened; of a new chat nothing is read. */
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
