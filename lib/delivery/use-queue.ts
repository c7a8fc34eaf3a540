'use client'
import { useEffect } from 'react'
import useSWR, { SWRConfig, mutate as mutateKey } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { type FilePage, type FileView, isFilePage, isFinal } from '#lib/contract/file-view'
import { ProblemError, readAnswer } from '#lib/contract/problem'
import { eventFeed } from './feed.ts'
import { onView } from './file-store.ts'
import { onNews, paced } from './news.ts'

const key = withBasePath('/api/file?status=pending&limit=100')
const pollMs = 30_000
const restMs = 1_000

const refresh = paced(() => mutateKey(key), restMs)

/**
 * Everything of this user that runs or waits, the first one started first. What this page starts or sees end is known
 * at once, what happens elsewhere by the news of the event stream, and by a poll.
 */
export function useQueue() {
  const { data, error, mutate } = useSWR<FilePage, unknown>(key, readQueue, {
    refreshInterval: pollMs,
  })
  useEffect(() => eventFeed().followNews(), [])
  useEffect(() => onView((view) => change((known) => withViewIn(known, view))), [])
  useEffect(
    () =>
      onNews((changes) => {
        const deleted = new Set(
          changes.filter(({ change }) => change === 'deleted').map(({ fileId }) => fileId),
        )
        if (deleted.size > 0) change((known) => withoutIds(known, deleted))
        if (document.visibilityState === 'visible') void refresh()
      }),
    [],
  )
  return {
    views: data?.files,
    /** There are more than are listed. */
    hasMore: data?.nextCursor != null,
    error: !data && error instanceof ProblemError ? error.problem : undefined,
    reload: () => void mutate(),
  }
}

/** Changes what is known. A change would send an answer that is on its way away, so there is none without effect. */
function change(made: (known: FilePage | undefined) => FilePage | undefined) {
  const known = SWRConfig.defaultValue.cache.get(key)?.data as FilePage | undefined
  const next = made(known)
  if (next !== known) void mutateKey(key, next, { revalidate: false })
}

/** The queue after a view of a file came: one that has ended leaves it, one that is not known joins at its end. */
export function withViewIn(known: FilePage | undefined, view: FileView): FilePage | undefined {
  if (!known) return undefined
  if (isFinal(view)) return withoutIds(known, new Set([view.id]))
  // Its row follows it by itself.
  if (known.files.some(({ id }) => id === view.id)) return known
  return { ...known, files: [...known.files, view].toSorted(byStart) }
}

function withoutIds(known: FilePage | undefined, ids: ReadonlySet<string>): FilePage | undefined {
  if (!known?.files.some(({ id }) => ids.has(id))) return known
  return { ...known, files: known.files.filter(({ id }) => !ids.has(id)) }
}

async function readQueue(url: string): Promise<FilePage> {
  const page: FilePage = await readAnswer(await callApi(url), isFilePage)
  return { ...page, files: page.files.toSorted(byStart) }
}

function byStart(a: FileView, b: FileView) {
  return Date.parse(a.createdAt) - Date.parse(b.createdAt) || (a.id < b.id ? -1 : 1)
}
