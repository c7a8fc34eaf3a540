import { SWRConfig, mutate } from 'swr'
import { withBasePath } from '#lib/contract/calls/base-path'
import { type DeliveryChannel, type FileView, isFinal } from '#lib/contract/file-view'
import { type GoneReason, serverNow } from '#lib/contract/answer-headers'
import { newerView } from './newer-view.ts'

/** A sign of life of a channel: it brought a view, new or not. `at` is the server's time, see `serverNow`. */
export interface Sign {
  via: DeliveryChannel
  at: number
}

/** A video came to its end while it was followed here: it is ready, or it failed. */
export interface Ending {
  view: FileView
  via: DeliveryChannel
}

const signsKept = 60
// Finished views beyond this many are forgotten, the least recently changed first.
const viewsKept = 1_000

/** The newest view of each file, for the version guard; what is rendered is SWR's copy of the same object. */
const views = new Map<string, FileView>()
const signs = new Map<string, readonly Sign[]>()
const gone = new Map<string, GoneReason>()
/** The views that an answer brought here; one that is handed on again says nothing about now. */
const brought = new WeakSet<FileView>()
const signListeners = new Set<() => void>()
const endingListeners = new Set<(ending: Ending) => void>()
const viewListeners = new Set<(view: FileView) => void>()

/** The key of a file in SWR's cache, which components read it from. */
export function fileKey(fileId: string) {
  return withBasePath(`/api/file/${fileId}`)
}

/** The newest view this tab has of a file. */
export function peekView(fileId: string) {
  return views.get(fileId)
}

/**
 * Both channels bring their views here. The newer one is kept and rendered, the loser of the race changes nothing;
 * the first final view of a file that was being followed is announced as its ending.
 */
export function receiveView(incoming: FileView, via: DeliveryChannel): FileView {
  addSign(incoming.id, via)
  return keep(incoming, via)
}

/**
 * Remembers a view that no channel brought: from the history, or the answer to a start. Where that is how the end of
 * a followed file becomes known, it counts as polled.
 */
export function rememberView(view: FileView): FileView {
  return keep(view, 'poll')
}

function keep(incoming: FileView, via: DeliveryChannel): FileView {
  const known = views.get(incoming.id)
  if (!brought.has(incoming)) gone.delete(incoming.id)
  brought.add(incoming)
  const kept = newerView(known, incoming)
  if (kept === known) return kept
  views.delete(kept.id)
  views.set(kept.id, kept)
  forgetOldest()
  void mutate(fileKey(kept.id), kept, { revalidate: false })
  for (const listener of viewListeners) listener(kept)
  const isOver = kept.status === 'completed' || kept.status === 'failed'
  const isEnding = isOver && known && known.status !== kept.status
  if (isEnding) for (const listener of endingListeners) listener({ view: kept, via })
  return kept
}

function forgetOldest() {
  if (views.size <= viewsKept) return
  for (const [id, view] of views) {
    if (!isFinal(view)) continue
    views.delete(id)
    signs.delete(id)
    SWRConfig.defaultValue.cache.delete(fileKey(id))
    return
  }
}

/** Notes why a file is not found any more; a deletion that is known of stays one. */
export function noteGone(fileId: string, reason: GoneReason) {
  if (gone.get(fileId) !== 'deleted') gone.set(fileId, reason)
}

export function goneReasonOf(fileId: string) {
  return gone.get(fileId)
}

/** Asks the truth now, whatever the poll's cadence. */
export function lookNow(fileId: string) {
  void mutate(fileKey(fileId))
}

/** Told of each view that is newer than what was known. */
export function onView(listener: (view: FileView) => void) {
  viewListeners.add(listener)
  return () => void viewListeners.delete(listener)
}

export function onEnding(listener: (ending: Ending) => void) {
  endingListeners.add(listener)
  return () => void endingListeners.delete(listener)
}

const none: readonly Sign[] = []

/** The latest signs of life that concern a file, oldest first. */
export function signsOf(fileId: string) {
  return signs.get(fileId) ?? none
}

export function onSign(listener: () => void) {
  signListeners.add(listener)
  return () => void signListeners.delete(listener)
}

export function addSign(fileId: string, via: DeliveryChannel) {
  const known = views.get(fileId)
  if (known && isFinal(known)) return
  signs.set(fileId, [...signsOf(fileId), { via, at: serverNow() }].slice(-signsKept))
  for (const listener of signListeners) listener()
}
