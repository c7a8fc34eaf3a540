'use client'
import { useCallback, useEffect } from 'react'
import useSWRInfinite from 'swr/infinite'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { type FilePage, type FileView, isFilePage } from '#lib/contract/file-view'
import { onEnding } from './file-store.ts'
import { ProblemError, readAnswer } from '#lib/contract/problem'

/** A user's videos from the database, newest first, a page at a time. */
export function useHistory() {
  const { data, error, isLoading, setSize, mutate } = useSWRInfinite(pageKey, readPage, {
    revalidateFirstPage: true,
    revalidateOnFocus: true,
    focusThrottleInterval: 5_000,
  })
  const pages = data ?? []
  const add = useCallback(
    (view: FileView) => void mutate((known) => withFirst(known, view), { revalidate: false }),
    [mutate],
  )
  // What has ended meanwhile has ended in the database too; the list shall say so.
  useEffect(() => onEnding(() => void mutate()), [mutate])
  return {
    files: unique(pages.flatMap((page) => page.files)),
    isLoading,
    error: error instanceof ProblemError ? error.problem : undefined,
    hasMore: pages.at(-1)?.nextCursor != null,
    loadMore: async () => void (await setSize((size) => size + 1)),
    /** Puts a file that was just started on top, before the server is asked again. */
    add,
    /** Takes files out that were just deleted. */
    remove: (isRemoved: (view: FileView) => boolean) =>
      void mutate((known) => without(known, isRemoved), { revalidate: false }),
    reload: () => void mutate(),
  }
}

function pageKey(_index: number, previous: FilePage | null) {
  if (previous && previous.nextCursor === null) return null
  return withBasePath(`/api/file${previous ? `?cursor=${previous.nextCursor}` : ''}`)
}

async function readPage(url: string) {
  return readAnswer(await callApi(url), isFilePage)
}

function withFirst(pages: FilePage[] = [], view: FileView): FilePage[] {
  const [first = { files: [], nextCursor: null }, ...rest] = without(
    pages,
    ({ id }) => id === view.id,
  )
  return [{ ...first, files: [view, ...first.files] }, ...rest]
}

function without(pages: FilePage[] = [], isRemoved: (view: FileView) => boolean): FilePage[] {
  return pages.map((page) => ({ ...page, files: page.files.filter((view) => !isRemoved(view)) }))
}

/** A file that was added while pages were turned may stand on two of them. */
function unique(files: FileView[]) {
  return [...new Map(files.map((view) => [view.id, view])).values()]
}
