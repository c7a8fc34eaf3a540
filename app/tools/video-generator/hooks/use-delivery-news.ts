'use client'
import { useEffect, useRef, useState } from 'react'
import { showToast } from '#components/ui/show-toast'
import { type DeliveryChannel, type FileView, isFinal } from '#lib/contract/file-view'
import { reportDelivery } from '#lib/delivery/file-actions'
import { onDelivery, peekView } from '#lib/delivery/file-store'
import { announcementOf } from './announcement.ts'

const slowAfterMs = 3 * 60 * 1000

const channelWords: Record<DeliveryChannel, string> = {
  sse: 'by stream',
  poll: 'by poll',
  check: 'by your check',
}

/**
 * Tells the news of followed videos: a toast when one is ready (and through which channel the word came), one when
 * it takes longer than usual, and the sentence for the page's live region, which is returned.
 */
export function useDeliveryNews(files: readonly FileView[], current: FileView | undefined) {
  useEffect(
    () =>
      onDelivery(({ view, via }) => {
        reportDelivery(view.id, via)
        showToast({
          kind: 'success',
          title: 'Your video is ready',
          id: view.id,
          description: `Delivered ${channelWords[via]}.`,
        })
      }),
    [],
  )
  useSlowNotice(files)
  return useAnnouncement(current)
}

/** After three minutes: it takes longer, it goes on, it will arrive. */
function useSlowNotice(files: readonly FileView[]) {
  const waiting = files.filter((view) => !isFinal(view))
  const key = waiting.map(({ id }) => id).join()
  useEffect(() => {
    const timers = waiting.map(({ id, createdAt }) => {
      const dueMs = Date.parse(createdAt) + slowAfterMs - Date.now()
      return setTimeout(() => tellSlow(id), Math.max(dueMs, 0))
    })
    return () => timers.forEach(clearTimeout)
    // The set of waiting files is what matters, not their progress.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
}

function tellSlow(fileId: string) {
  const view = peekView(fileId)
  if (view && isFinal(view)) return
  showToast({
    kind: 'info',
    title: 'This takes longer than usual',
    id: `slow-${fileId}`,
    description: 'It goes on. You can leave; the video will be in your history.',
  })
}

function useAnnouncement(current: FileView | undefined) {
  const [announcement, setAnnouncement] = useState('')
  const before = useRef<FileView>(undefined)
  useEffect(() => {
    if (!current) return
    const news = announcementOf(before.current, current)
    before.current = current
    if (news) setAnnouncement(news)
  }, [current])
  return { announcement, announce: setAnnouncement }
}
