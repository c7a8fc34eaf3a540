'use client'

import { useEffect, useRef } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { serverNow } from '#lib/contract/answer-headers'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { reportDelivery } from '#lib/delivery/file-actions'
import { onEnding, peekView } from '#lib/delivery/file-store'
import { message } from '#lib/messages/message'

const slowAfterMs = 3 * 60 * 1000
const longAfterMs = 30_000
// Long enough to reach its button.
const failureMs = 10_000

/**
 * Shows toasts for followed files; use once a page. A ready video is shown with the channel that delivered it, which
 * is also reported to the server; a failed one with its reason and a button that calls `onShow`; and one of `files`
 * that takes longer than usual.
 */
export function useDeliveryNews(files: readonly FileView[], onShow: (fileId: string) => void) {
  const latest = useRef(onShow)
  useEffect(() => {
    latest.current = onShow
  })
  // No gap between subscriptions: reloading the history can deliver an end at that moment.
  useEffect(
    () =>
      onEnding(({ view, via }) => {
        if (view.status === 'failed') {
          showFailure(view, () => latest.current(view.id))
          return
        }
        reportDelivery(view.id, via)
        showToast({
          kind: 'success',
          title: message('news.ready', { kind: view.type }),
          id: view.id,
          description: message('card.delivered', { channel: via }),
        })
        if (tookLong(view)) void import('./offer-push.ts').then(({ offerPush }) => offerPush())
      }),
    [],
  )
  useSlowNotice(files)
}

/** Whether its user may have looked away meanwhile. */
function tookLong({ createdAt, finishedAt }: FileView) {
  return finishedAt !== null && Date.parse(finishedAt) - Date.parse(createdAt) > longAfterMs
}

function showFailure({ id, type, error }: FileView, onShow: () => void) {
  showToast({
    kind: 'error',
    title: message('news.failed', { kind: type }),
    id,
    ...(error && { description: error.messageRef ?? error.message }),
    action: { label: message('news.show'), onClick: onShow },
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
    title: message('news.slow'),
    id: `slow-${fileId}`,
    description: message('news.slowNote', { kind: view?.type ?? 'video' }),
  })
}
