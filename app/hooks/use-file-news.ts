'use client'

import { useEffect, useRef } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { beginningOf, lengthOf } from '#lib/contract/text/plain-text'

/** Announces the progress of a followed video. `announce` must keep its identity. */
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
 * The announcement for a change of a video: queued, started, every quarter, ready, failed; undefined
 * for a change too small to announce.
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
  // Being queued again between two attempts is not announced.
  const isRetried = view.attempts.length > 1 || before.status === 'processing'
  return isRetried && quarterOf(view) === 0 ? undefined : openingOf(view)
}

/** The announcement for a video seen for the first time; undefined for a finished one. */
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

/** The announcement for the end of a video that is not on the stage, by its prompt. */
export function endingMessage({ status, settings: { prompt }, error }: FileView) {
  const name = lengthOf(prompt) > longest ? `${beginningOf(prompt, longest).trimEnd()}…` : prompt
  return status === 'completed'
    ? `“${name}” is ready.`
    : `“${name}” failed. ${error?.message ?? ''}`.trim()
}
