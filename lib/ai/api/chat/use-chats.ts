'use client'
import { useCallback } from 'react'
import useSWRInfinite from 'swr/infinite'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import {
  type ChatPage,
  chatSearchMaxLength,
  type ChatSummary,
  isChatPage,
} from '#lib/contract/chat'
import { ProblemError, readAnswer } from '#lib/contract/problem'

/** A user's chats, last used first, a page at a time; only those that hold the searched words. */
export function useChats(search: string) {
  const { data, error, isLoading, setSize, mutate } = useSWRInfinite(
    (_index: number, previous: ChatPage | null) => pageKey(search, previous),
    readPage,
    { revalidateFirstPage: true, keepPreviousData: true, focusThrottleInterval: 5_000 },
  )
  const pages = data ?? []
  const reload = useCallback(() => void mutate(), [mutate])
  return {
    chats: unique(pages.flatMap((page) => page.chats)),
    /** Who will answer; undefined until known. */
    answeredBy: pages[0]?.answeredBy,
    isLoading,
    error: error instanceof ProblemError ? error.problem : undefined,
    hasMore: pages.at(-1)?.nextCursor != null,
    loadMore: () => void setSize((size) => size + 1),
    reload,
    /** Shows a change at once, before the server is asked again. */
    change: (change: (chat: ChatSummary) => ChatSummary | undefined) =>
      void mutate((known) => changed(known, change), { revalidate: false }),
  }
}

function pageKey(search: string, previous: ChatPage | null) {
  if (previous && previous.nextCursor === null) return null
  const query = new URLSearchParams()
  if (search)
    query.set(
      'search',
      search
        .slice(0, chatSearchMaxLength)
        .replace(/[\uD800-\uDBFF]$/, '')
        .toWellFormed(),
    )
  if (previous?.nextCursor) query.set('cursor', previous.nextCursor)
  return withBasePath(`/api/chat?${query}`)
}

async function readPage(url: string) {
  return readAnswer(await callApi(url), isChatPage)
}

function changed(
  pages: ChatPage[] = [],
  change: (chat: ChatSummary) => ChatSummary | undefined,
): ChatPage[] {
  return pages.map((page) => ({ ...page, chats: page.chats.flatMap((chat) => change(chat) ?? []) }))
}

/** A chat that was used between two page loads may be on both pages. */
function unique(chats: ChatSummary[]) {
  return [...new Map(chats.map((chat) => [chat.id, chat])).values()]
}
