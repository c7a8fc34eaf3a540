'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import useSWR, { SWRConfig, mutate as mutateKey } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { pageSession, sessionTroubleOf } from '#lib/contract/calls/page-session'
import { type LibraryQuery, libraryParams } from '#lib/contract/library/filters'
import {
  type LibraryItem,
  type LibraryPage,
  type LibraryWeight,
  isLibraryPage,
  isLibraryWeight,
} from '#lib/contract/library/library'
import { type Problem, ProblemError, readAnswer } from '#lib/contract/problem'
import { notePoll } from '../connection-status.ts'
import { eventFeed } from '../feed.ts'
import { onView, rememberView } from '../file-store.ts'
import { onNews, paced } from '../news.ts'
import { shelfItemOf } from './shelf-item.ts'
import {
  type Shelf,
  withFacts,
  withFirstPage,
  withNextPage,
  withViewOf,
  withoutItems,
  troubleOf,
} from './shelf.ts'

const pageItems = 100
const pollMs = 30_000
const restMs = 1_000
/** First pages that are read to close a gap; with more than that the list begins again. */
const pagesAtMost = 4

/**
 * What a query finds in the library, live: what this page makes and sees end is known at once, the rest by the news of the
 * event stream and by a poll of the first page. The pages below it are read once, as they are scrolled to.
 */
export function useShelf(query: LibraryQuery) {
  const key = keyOf(query)
  const { data, error, isLoading, mutate } = useSWR<Shelf, unknown>(key, readShelf, {
    refreshInterval: pollMs,
    keepPreviousData: true,
    compare: (a, b) => a === b,
    focusThrottleInterval: 5_000,
  })
  const change = useCallback(
    (made: (known: Shelf) => Shelf) => {
      const known = peek(key)
      const next = known && made(known)
      // A change would send an answer that is on its way away, so there is none without effect.
      if (next === known) return
      void mutateKey(key, next, { revalidate: false })
      void refreshWeights()
    },
    [key],
  )
  useLibraryNews(key, change)
  const weight = useWeight(query)
  return {
    items: data?.items ?? none,
    isLoading,
    /** What is shown is of the query before. */
    isStale: isLoading && data !== undefined,
    /** The list could not be read; what was read before stays. */
    error: error instanceof ProblemError ? error.problem : undefined,
    trouble: data && troubleOf(data, pageSession()),
    weight,
    ...useNextPage(key, data),
    change,
    reload: useCallback(() => {
      void mutate()
      void refreshWeights()
    }, [mutate]),
  }
}

const none: Shelf['items'] = []
const prefix = withBasePath('/api/library')

function keyOf(query: LibraryQuery) {
  return `${prefix}?${String(libraryParams({ ...query, limit: pageItems }))}`
}

/** What all that the query finds weighs. It is summed over all of it, so the pages below the first do not ask for it. */
function useWeight(query: LibraryQuery) {
  const { sort: _order, cursor: _place, limit: _many, ...filters } = query
  const key = `${prefix}/weight?${String(libraryParams(filters))}`
  return useSWR(key, readWeight, { keepPreviousData: true, refreshInterval: pollMs }).data
}

/** After a change: what is shown of sums follows, once a second at most. */
const refreshWeights = paced(
  () => mutateKey((key) => typeof key === 'string' && key.startsWith(`${prefix}/weight`)),
  restMs,
)

/** Shows an item as an answer told of it, wherever it is shown. */
export function rememberItem(item: LibraryItem) {
  if (item.file) rememberView(item.file)
  const facts = [shelfItemOf(item)]
  void mutateKey<Shelf>(
    (key) => typeof key === 'string' && key.startsWith(`${prefix}?`),
    // Other readers keep their pages under the same addresses in a form of their own.
    (known) => (known && 'nextCursor' in known ? withFacts(known, facts) : known),
    { revalidate: false },
  )
  void refreshWeights()
}

async function readWeight(url: string): Promise<LibraryWeight> {
  return readAnswer(await callApi(url), isLibraryWeight)
}

/** Reads the page behind what is known, once at a time. */
function useNextPage(key: string, shelf: Shelf | undefined) {
  const [failure, setFailure] = useState<{ key: string; problem: Problem }>()
  const reading = useRef<string>(undefined)
  const cursor = shelf?.nextCursor ?? null
  const loadMore = useCallback(async () => {
    const place = `${key} ${cursor}`
    if (cursor === null || reading.current === place) return
    reading.current = place
    setFailure(undefined)
    try {
      const page = await readPage(`${key}&cursor=${encodeURIComponent(cursor)}`)
      const add = (known: Shelf | undefined) =>
        known?.nextCursor === cursor ? withNextPage(known, page) : known
      await mutateKey<Shelf>(key, add, { revalidate: false })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setFailure({ key, problem: error.problem })
    } finally {
      reading.current = undefined
    }
  }, [key, cursor])
  const moreError = failure?.key === key ? failure.problem : undefined
  return { hasMore: cursor !== null, loadMore, moreError }
}

/** Follows what happens elsewhere. Without a session there is nothing to follow. */
function useLibraryNews(key: string, change: (made: (known: Shelf) => Shelf) => void) {
  const hasSession = !!pageSession()
  useEffect(() => (hasSession ? eventFeed().followNews() : undefined), [hasSession])
  useEffect(() => onView((view) => change((known) => withViewOf(known, view))), [change])
  useEffect(() => {
    const refresh = paced(() => mutateKey(key), restMs)
    const away = /[?&]trash=1/.test(key) ? 'restored' : 'trashed'
    return onNews((changes) => {
      const gone = changes.filter((one) => one.change === 'deleted' || one.change === away)
      const ids = new Set(gone.map(({ fileId }) => fileId))
      if (ids.size > 0) change((known) => withoutItems(known, ids))
      // A tab in the background reads it when it is looked at.
      if (document.visibilityState !== 'visible') return
      void refresh()
      void refreshWeights()
    })
  }, [key, change])
}

function peek(key: string) {
  return SWRConfig.defaultValue.cache.get(key)?.data as Shelf | undefined
}

/** The list with the first page of now. */
async function readShelf(key: string): Promise<Shelf> {
  let first = await readPage(key)
  const known = peek(key)
  if (first.trouble && known && known.items.length > 0) return { ...known, trouble: first.trouble }
  const isByAge = !/[?&](sort|trash)=/.test(key)
  let list = withFirstPage(known, first, isByAge)
  for (let pages = 1; !list && first.nextCursor && pages < pagesAtMost; pages++) {
    const next = await readPage(`${key}&cursor=${encodeURIComponent(first.nextCursor)}`)
    first = withNextPage(first, next)
    list = withFirstPage(known, first, isByAge)
  }
  return list ?? first
}

async function readPage(url: string): Promise<Shelf> {
  const response = await callApi(url).catch((error: unknown) => {
    notePoll(false)
    throw error
  })
  notePoll(response.ok)
  const { items, nextCursor }: LibraryPage = await readAnswer(response, isLibraryPage)
  return { items: items.map(shelfItemOf), nextCursor, trouble: sessionTroubleOf(response) }
}
