'use client'
import { useEffect, useSyncExternalStore } from 'react'
import useSWR from 'swr'
import type { GoneReason } from '#lib/contract/answer-headers'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { isNotFound, type Problem, ProblemError } from '#lib/contract/problem'
import { eventFeed } from './feed.ts'
import {
  type Sign,
  fileKey,
  goneReasonOf,
  onSign,
  peekView,
  rememberView,
  signsOf,
} from './file-store.ts'
import { forgetFollowed, noteFollowed } from './followed.ts'
import { pollDelayMs, pollFile } from './poll-file.ts'

export interface FollowedFile {
  file: FileView | undefined
  /** Why the last look failed; the file is still followed. */
  error: Problem | undefined
  /** There is no such file for this page (any more), and why; undefined as long as there is. */
  gone: GoneReason | undefined
  /** When stream and poll last gave a sign of life for this file, oldest first. */
  signs: readonly Sign[]
}

const noSigns: readonly Sign[] = []

/**
 * Follows a file until it is final: the event stream races a poll every 10 seconds, both write to SWR's cache under
 * `/api/file/<id>` through the version guard. Whichever is first renders; then both stop. Without an id: nothing.
 */
export function useFile(fileId: string | undefined, initial?: FileView): FollowedFile {
  const known = (fileId && peekView(fileId)) || initial
  const isDone = known !== undefined && isFinal(known)
  const { data, error } = useSWR<FileView, unknown>(
    fileId ? fileKey(fileId) : null,
    (key: string) => pollFile(key),
    {
      fallbackData: known,
      compare: isSameView,
      refreshInterval: (view) => (view && isFinal(view) ? 0 : pollDelayMs(fileId ?? '')),
      revalidateOnMount: !isDone,
      revalidateIfStale: !isDone,
      revalidateOnFocus: !isDone,
      revalidateOnReconnect: !isDone,
      focusThrottleInterval: 500,
      dedupingInterval: 500,
      onErrorRetry: (failure, _key, _config, revalidate, { retryCount }) => {
        if (isNotFound(failure)) return
        setTimeout(() => void revalidate({ retryCount }), pollDelayMs(fileId ?? ''))
      },
    },
  )
  // Without a reason a view came after the answer that knew none: it is here.
  const gone = isNotFound(error) ? goneReasonOf(fileId ?? '') : undefined
  const isFollowed = !gone && !(data && isFinal(data))

  useEffect(() => {
    if (initial) rememberView(initial)
  }, [initial])
  useEffect(
    () => (fileId && isFollowed ? eventFeed().follow(fileId) : undefined),
    [fileId, isFollowed],
  )
  useFollowedNote(data, gone)
  const signs = useSyncExternalStore(
    onSign,
    () => signsOf(fileId ?? ''),
    () => noSigns,
  )
  const problem = error instanceof ProblemError ? error.problem : undefined
  return { file: gone ? undefined : data, error: problem, gone, signs }
}

/** Notes a file for as long as it is not finished, so that a reload can tell of it. */
function useFollowedNote(view: FileView | undefined, gone: GoneReason | undefined) {
  const id = view?.id
  const prompt = view?.settings.prompt
  const isOver = gone === 'deleted' || (view !== undefined && isFinal(view))
  useEffect(() => {
    if (!id || prompt === undefined) return
    if (isOver) forgetFollowed(id)
    else noteFollowed(id, prompt)
  }, [id, prompt, isOver])
}

function isSameView(a: FileView | undefined, b: FileView | undefined) {
  if (a === b) return true
  return a?.id === b?.id && a?.version === b?.version && a?.queuePlace === b?.queuePlace
}
