'use client'

import { useEffect } from 'react'
import useSWR from 'swr'
import { markSeen, readNotices } from '#lib/ai/api/people/notices'
import type { NoticePage } from '#lib/contract/people/notices'
import { eventFeed } from '#lib/delivery/feed'
import { onTold, paced } from '#lib/delivery/news'
import { isVisibleSince } from './visible-since.ts'

const restMs = 1_000

/**
 * The newest notices, live. One of a video that this page shows is seen where the tab could be seen at that moment: what
 * happened while the user was away, or behind another tab, stays new until the bell is opened.
 */
export function useNotices() {
  const { data, mutate } = useSWR('notices', () => readNotices())
  useEffect(() => eventFeed().followNews(), [])
  useEffect(() => {
    const look = paced(async () => void (await mutate()), restMs)
    return onTold(() => void look())
  }, [mutate])
  useEffect(() => {
    void seeShown(data).then((isNews) => (isNews ? mutate() : undefined))
  }, [data, mutate])
  return { page: data, reload: () => void mutate() }
}

async function seeShown(page: NoticePage | undefined) {
  const unseen = page?.notices.filter((one) => !one.isSeen && isVisibleSince(one.createdAt)) ?? []
  const fileIds = [...new Set(unseen.map(({ fileId }) => fileId))].filter(isShown)
  if (fileIds.length === 0) return false
  return markSeen({ fileIds }).then(
    () => true,
    () => false,
  )
}

/** Whether the page has the video on it, and nothing hides it. */
function isShown(fileId: string) {
  const frames = document.querySelectorAll(`[data-video="${CSS.escape(fileId)}"]`)
  return [...frames].some((frame) => frame.checkVisibility())
}
