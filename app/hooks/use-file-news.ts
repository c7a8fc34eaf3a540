'use client'

import { useEffect, useRef } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { beginningOf, lengthOf } from '#lib/contract/text/plain-text'
import { type MessageRef, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

/** Announces the progress of a followed video. `announce` must keep its identity. */
export function useFileNews(view: FileView | undefined, announce: (words: string) => void) {
  const say = useSay()
  const before = useRef<FileView>(undefined)
  useEffect(() => {
    if (!view) return
    const news = announcementOf(before.current, view)
    before.current = view
    if (news) announce(say(news))
  }, [view, announce, say])
}

const stepPercent = 25

/**
 * The announcement for a change of a video: queued, started, every quarter, ready, failed; undefined
 * for a change too small to announce.
 */
export function announcementOf(
  before: FileView | undefined,
  view: FileView,
): MessageRef | undefined {
  const isNew = before?.id !== view.id
  if (!before || isNew) return openingOf(view)
  if (view.state === 'submit_unknown' && before.state !== view.state)
    return message('news.said.unknown', { provider: view.providerLabel, kind: view.type })
  if (view.isDelayed && !before.isDelayed) return message('news.said.slow')
  if (before.status === view.status && quarterOf(before) === quarterOf(view)) return undefined
  if (view.status === 'completed') return message('news.said.ready', { kind: view.type })
  if (view.status === 'failed') return failureOf(view)
  if (view.status === 'canceled') return message('news.said.canceled')
  // Being queued again between two attempts is not announced.
  const isRetried = view.attempts.length > 1 || before.status === 'processing'
  return isRetried && quarterOf(view) === 0 ? undefined : openingOf(view)
}

function failureOf({ type: kind, error }: FileView) {
  const why = error?.messageRef ?? error?.message
  return why ? message('news.said.failedWhy', { kind, why }) : message('news.said.failed', { kind })
}

/** The announcement for a video seen for the first time; undefined for a finished one. */
function openingOf(view: FileView): MessageRef | undefined {
  if (view.status === 'processing') {
    const percent = quarterOf(view)
    return percent > 0 ? message('news.said.percent', { percent }) : message('news.said.started')
  }
  if (view.status !== 'pending') return undefined
  return view.queuePlace && view.queuePlace > 1
    ? message('news.said.place', { place: view.queuePlace })
    : message('news.said.queued')
}

function quarterOf({ status, progress }: FileView) {
  if (status !== 'processing' || progress === null) return 0
  return Math.min(75, Math.floor(progress / stepPercent) * stepPercent)
}

const longest = 60

/** The announcement for the end of a video that is not on the stage, by its prompt. */
export function endingMessage({ status, settings, error }: FileView): MessageRef {
  const isLong = lengthOf(settings.prompt) > longest
  const prompt = isLong ? `${beginningOf(settings.prompt, longest).trimEnd()}…` : settings.prompt
  if (status === 'completed') return message('news.said.otherReady', { prompt })
  const why = error?.messageRef ?? error?.message
  return why
    ? message('news.said.otherFailedWhy', { prompt, why })
    : message('news.said.otherFailed', { prompt })
}
