'use client'

import { useEffect, useRef } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { serverNow } from '#lib/contract/answer-headers'
import { type DeliveryChannel, type FileView, isFinal } from '#lib/contract/file-view'
import { reportDelivery } from '#lib/delivery/file-actions'
import { onEnding, peekView } from '#lib/delivery/file-store'

const slowAfterMs = 3 * 60 * 1000
// Long enough to reach its button.
const failureMs = 10_000

const channelLabels: Record<DeliveryChannel, string> = {
  sse: 'by stream',
  poll: 'by poll',
  check: 'by your check',
}

/**
 * Shows toasts for followed videos; use once a page. A ready video is shown with the channel that delivered it, which
 * is also reported to the server; a failed one with its reason and a button that calls `onShow`; and one of `files`
 * that takes longer than usual.
 */
export function useDeliveryNews(files: readonly FileView[], onShow: (fileId: string) => void) {
  const show = useRef(onShow)
  useEffect(() => {
    show.current = onShow
  })
  // No gap between subscriptions: reloading the history can deliver an end at that moment.
  useEffect(
    () =>
      onEnding(({ view, via }) => {
        if (view.status === 'failed') return showFailure(view, (fileId) => show.current(fileId))
        reportDelivery(view.id, via)
        showToast({
          kind: 'success',
          title: 'Your video is ready',
          id: view.id,
          description: `Delivered ${channelLabels[via]}.`,
        })
      }),
    [],
  )
  useSlowNotice(files)
}

function showFailure({ id, error }: FileView, onShow: (fileId: string) => void) {
  showToast({
    kind: 'error',
    title: 'Your video failed',
    id,
    ...(error && { description: error.message }),
    action: { label: 'Show', onClick: () => onShow(id) },
    durationMs: failureMs,
  })
}

/** After three minutes, says once that a video takes longer than usual. */
function useSlowNotice(files: readonly FileView[]) {
  const waiting = files.filter((view) => !isFinal(view))
  const key = waiting.map(({ id }) => id).join()
  useEffect(() => {
    const timers = waiting.map(({ id, createdAt }) => {
      const dueMs = Date.parse(createdAt) + slowAfterMs - serverNow()
      return setTimeout(() => showSlow(id), Math.max(dueMs, 0))
    })
    return () => timers.forEach(clearTimeout)
    // The set of waiting files is what matters, not their progress.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
}

function showSlow(fileId: string) {
  const view = peekView(fileId)
  if (view && isFinal(view)) return
  showToast({
    kind: 'info',
    title: 'This takes longer than usual',
    id: `slow-${fileId}`,
    description: 'It goes on. You can leave; the video will be in your history.',
  })
}
