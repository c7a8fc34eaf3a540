import type { FileNews } from '#lib/contract/file-view'
import { lookNow, noteGone, peekView } from './file-store.ts'

type NewsListener = (changes: readonly FileNews[]) => void

const listeners = new Set<NewsListener>()

/** Told what is new of this user's files, wherever it was done. Without any change: something may have been missed. */
export function onNews(listener: NewsListener) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

type ToldListener = (fileIds: readonly string[]) => void

const toldListeners = new Set<ToldListener>()

/** Told of which files there are new notices. Without any: something may have been missed. */
export function onTold(listener: ToldListener) {
  toldListeners.add(listener)
  return () => void toldListeners.delete(listener)
}

/** Takes news in, from the stream or from the tab that reads it; what this tab knows already is no news. */
export function receiveNews(news: readonly FileNews[]) {
  const changes = news.filter(({ change }) => change !== 'told')
  const told = news.filter(({ change }) => change === 'told').map(({ fileId }) => fileId)
  if (told.length > 0 || news.length === 0) for (const listener of toldListeners) listener(told)
  if (told.length > 0 && changes.length === 0) return
  const fresh = changes.filter(isFresh)
  for (const { fileId, change } of fresh)
    if (change === 'deleted') {
      noteGone(fileId, 'deleted')
      lookNow(fileId)
    }
  if (changes.length > 0 && fresh.length === 0) return
  for (const listener of listeners) listener(fresh)
}

function isFresh({ fileId, version, change }: FileNews) {
  if (change === 'deleted' || change === 'trashed' || change === 'restored') return true
  return (peekView(fileId)?.version ?? 0) < version
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Runs at once when asked, and once more where it was asked for meanwhile: one at a time, with a rest between two. So
 * any number of hints costs one run a rest, and the last hint is never lost.
 */
export function paced(run: () => Promise<unknown>, restMs: number) {
  let isRunning = false
  let isAskedAgain = false
  return async () => {
    isAskedAgain = true
    if (isRunning) return
    isRunning = true
    while (isAskedAgain) {
      isAskedAgain = false
      await run().catch(() => {})
      await sleep(restMs)
    }
    isRunning = false
  }
}
