'use client'

import { useEffect } from 'react'
import { showToast, type Toast } from '#components/ui/show-toast'
import { type DeliveryChannel, type FileView, isFinal } from '#lib/contract/file-view'
import { reportDelivery } from '#lib/delivery/file-actions'
import { type Ending, onEnding, peekView } from '#lib/delivery/file-store'

const slowAfterMs = 3 * 60 * 1000
// There is a button on it to be reached.
const durationMs = 10_000

const channelWords: Record<DeliveryChannel, string> = {
  sse: 'by stream',
  poll: 'by poll',
  check: 'by your check',
}

/**
 * Tells the news of followed videos, once a page: a toast when one is ready, with the channel the word came
 * through, which the server is told too; one when it failed, with the reason; and one when one of `files` takes longer
 * than usual. `onShow` brings a video into sight.
 */
export function useDeliveryNews(files: readonly FileView[], onShow: (fileId: string) => void) {
  useEffect(
    () =>
      onEnding((ending) => {
        const { view, via } = ending
        if (view.status === 'completed') reportDelivery(view.id, via)
        const action = { label: 'Show', onClick: () => onShow(view.id) }
        showToast({ id: view.id, action, durationMs, ...toastOf(ending) })
      }),
    [onShow],
  )
  useSlowNotice(files)
}

function toastOf({ view, via }: Ending): Toast {
  if (view.status === 'completed')
    return {
      kind: 'success',
      title: 'Your video is ready',
      description: `Delivered ${channelWords[via]}.`,
    }
  const description = view.error?.message
  return { kind: 'error', title: 'Your video failed', ...(description && { description }) }
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
