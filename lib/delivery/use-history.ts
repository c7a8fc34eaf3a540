'use client'
import { useCallback, useEffect } from 'react'
import useSWR, { SWRConfig, mutate as mutateKey } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import type { MediaType } from '#lib/contract/generation'
import { type FileNews, type FilePage, type FileView, isFilePage } from '#lib/contract/file-view'
import { ProblemError, readAnswer } from '#lib/contract/problem'
import { notePoll } from './connection-status.ts'
import { eventFeed } from './feed.ts'
import { onEnding } from './file-store.ts'
import {
  type HistoryList,
  withBack,
  withFirst,
  withNewest,
  withOlder,
  withView,
  without,
} from './history-list.ts'
import { onNews, paced } from './news.ts'
import { pageSession, sessionTroubleOf } from '#lib/contract/calls/page-session'

/** The address of a kind's list, and its key in SWR's cache. Edits are in that of the videos. */
const keyOf = (kind: MediaType) => withBasePath(`/api/file?kind=${kind}`)
const pollMs = 10_000
const restMs = 1_000
/** Newest pages that are read to close a gap; with more than that the list begins again. */
const pagesAtMost = 4

/** Ten seconds, give or take one, so that pages spread out. */
function pollDelayMs() {
  return pollMs * (0.9 + 0.2 * Math.random())
}

/** However many hints come, a list is read once a second at most. */
const refreshers = {
  video: paced(() => mutateKey(keyOf('video')), restMs),
  image: paced(() => mutateKey(keyOf('image')), restMs),
}

/**
 * A user's videos or images from the database, newest first. What is new anywhere gets here by the news of the event stream, and
 * by a poll of the newest page every ten seconds; only that page is read again, the ones below it are kept.
 */
export function useHistory(kind: MediaType) {
  const key = keyOf(kind)
  const refresh = refreshers[kind]
  const { data, error, isLoading, mutate } = useSWR<HistoryList, unknown>(key, readHistory, {
    refreshInterval: pollDelayMs,
    onErrorRetry: (_error, _key, _config, revalidate, { retryCount }) =>
      void setTimeout(() => void revalidate({ retryCount }), pollDelayMs()),
    compare: (a, b) => a === b,
    focusThrottleInterval: 5_000,
  })
  const change = useCallback(
    // What changes before the first answer sends that answer away, so it is requested again.
    (made: (known: HistoryList | undefined) => HistoryList) =>
      void mutate(made, { revalidate: peekHistory(key) === undefined }),
    [mutate, key],
  )
  const files = data?.files ?? none
  const hasSession = data?.trouble !== 'no_session' && (files.length > 0 || !!pageSession())
  useNews({ change, refresh, hasSession })
  return {
    files,
    isLoading,
    // A list that is there stays; the next poll is never far.
    error: !data && error instanceof ProblemError ? error.problem : undefined,
    /** Why the list is the one from before: the server speaks to another session now. */
    trouble: data?.trouble,
    hasMore: data?.nextCursor != null,
    loadMore: async () =>
      void (await mutate((known) => readOlder(key, known), { revalidate: false })),
    /** Puts a file that was just started on top, before the server is asked again. */
    add: useCallback((view: FileView) => change((known) => withFirst(known, view)), [change]),
    /** Takes files out that were just deleted. */
    remove: (isRemoved: (view: FileView) => boolean) =>
      change((known) => without(known, isRemoved)),
    /** Puts files back that were removed. */
    putBack: (views: readonly FileView[]) => change((known) => withBack(known, views)),
    reload: () => void refresh(),
  }
}

const none: FileView[] = []

interface NewsOptions {
  change: (made: (known: HistoryList | undefined) => HistoryList) => void
  refresh: () => Promise<void>
  hasSession: boolean
}

/**
 * Follows what happens elsewhere; what is known to have happened is shown without asking. Without a session nothing
 * can be new, and the channel answers 404.
 */
function useNews({ change, refresh, hasSession }: NewsOptions) {
  useEffect(() => (hasSession ? eventFeed().followNews() : undefined), [hasSession])
  useEffect(
    () => onEnding(({ view }) => change((known) => withView(without(known, never), view))),
    [change],
  )
  useEffect(
    () =>
      onNews((changes) => {
        const deleted = idsOf(changes, ['deleted', 'trashed'])
        if (deleted.size > 0) change((known) => without(known, ({ id }) => deleted.has(id)))
        const isNew = changes.length === 0 || deleted.size < changes.length
        // A tab in the background reads it when it is looked at.
        if (isNew && document.visibilityState === 'visible') void refresh()
      }),
    [change, refresh],
  )
}

const never = () => false

function idsOf(changes: readonly FileNews[], kinds: readonly FileNews['change'][]) {
  const meant = changes.filter(({ change }) => kinds.includes(change))
  return new Set(meant.map(({ fileId }) => fileId))
}

/** The list with the newest page of now. What is another session's changes nothing in it, and is told as trouble. */
async function readHistory(key: string): Promise<HistoryList> {
  const before = peekHistory(key)
  const read = await readPage(key, before?.trouble ? null : before?.etag)
  const known = peekHistory(key)
  if (!read) return known ?? before!
  const { trouble, ...newest } = read
  if (trouble && known && known.files.length > 0) return { ...known, trouble }
  return withoutGap(key, known, newest)
}

async function withoutGap(key: string, known: HistoryList | undefined, first: HistoryList) {
  let newest = first
  let list = withNewest(known, newest)
  for (let pages = 1; !list && pages < pagesAtMost; pages++) {
    newest = withOlder(newest, await readBehind(key, newest))
    list = withNewest(known, newest)
  }
  return list ?? newest
}

async function readOlder(key: string, known?: HistoryList) {
  return known && withOlder(known, await readBehind(key, known))
}

async function readBehind(key: string, { nextCursor }: FilePage): Promise<FilePage> {
  if (nextCursor === null) return { files: [], nextCursor }
  return (await readPage(`${key}&cursor=${nextCursor}`))!
}

function peekHistory(key: string) {
  return SWRConfig.defaultValue.cache.get(key)?.data as HistoryList | undefined
}

/** One page; undefined where it is as it was. */
async function readPage(url: string, known?: string | null) {
  const headers: HeadersInit = known ? { 'if-none-match': known } : {}
  const response = await callApi(url, { headers }).catch((error: unknown) => {
    notePoll(false)
    throw error
  })
  notePoll(response.ok || response.status === 304)
  if (response.status === 304) return undefined
  const page: FilePage = await readAnswer(response, isFilePage)
  return { ...page, etag: response.headers.get('etag'), trouble: sessionTroubleOf(response) }
}
