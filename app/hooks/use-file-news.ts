'use client'

import { useEffect, useRef } from 'react'
import type { FileView } from '#lib/contract/file-view'

/** Says, in the page's live region, how a followed video moves on. `announce` must keep its identity. */
export function useFileNews(view: FileView | undefined, announce: (sentence: string) => void) {
  const before = useRef<FileView>(undefined)
  useEffect(() => {
    if (!view) return
    const news = announcementOf(before.current, view)
    before.current = view
    if (news) announce(news)
  }, [view, announce])
}

const stepPercent = 25

/**
 * What a screen reader is told when a video moved on: queued, started, every quarter, ready, failed; undefined
 * where the change is not worth a word.
 */
export function announcementOf(before: FileView | undefined, view: FileView): string | undefined {
  const isNew = before?.id !== view.id
  if (!before || isNew) return openingOf(view)
  if (view.state === 'submit_unknown' && before.state !== view.state)
    return `${view.providerLabel} did not answer. It is unknown whether it makes the video: decide what to do.`
  if (view.isDelayed && !before.isDelayed) return 'It takes longer than usual. It goes on.'
  if (before.status === view.status && quarterOf(before) === quarterOf(view)) return undefined
  if (view.status === 'completed') return 'Your video is ready.'
  if (view.status === 'failed') return `The video failed. ${view.error?.message ?? ''}`.trim()
  if (view.status === 'canceled') return 'Canceled.'
  // Between one attempt and the next it stands in line again: no news.
  const isRetried = view.attempts.length > 1 || before.status === 'processing'
  return isRetried && quarterOf(view) === 0 ? undefined : openingOf(view)
}

/** An unfinished video that comes into sight; of a finished one there is nothing to tell. */
function openingOf(view: FileView): string | undefined {
  if (view.status === 'processing') {
    const quarter = quarterOf(view)
    return quarter > 0 ? `${quarter} percent done.` : 'Started.'
  }
  if (view.status !== 'pending') return undefined
  return view.queuePlace && view.queuePlace > 1
    ? `Queued, number ${view.queuePlace} in line.`
    : 'Queued.'
}

function quarterOf({ status, progress }: FileView) {
  if (status !== 'processing' || progress === null) return 0
  return Math.min(75, Math.floor(progress / stepPercent) * stepPercent)
}

const longest = 60

/** What is said of a video that came to its end out of sight, by the words of its prompt. */
export function endingMessage({ status, settings: { prompt }, error }: FileView) {
  const name = prompt.length > longest ? `${prompt.slice(0, longest).trimEnd()}…` : prompt
  return status === 'completed'
    ? `“${name}” is ready.`
    : `“${name}” failed. ${error?.message ?? ''}`.trim()
}
