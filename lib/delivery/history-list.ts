import type { SessionTrouble } from '#lib/contract/answer-headers'
import type { FilePage, FileView } from '#lib/contract/file-view'
import { newerView } from './newer-view.ts'

/** The user's files as far as they were read, newest first and without a gap; `nextCursor` goes on behind them. */
export interface HistoryList extends FilePage {
  /** Of the newest page that is in it. */
  etag?: string | null
  /** Why it is the list from before: the server answers another session than this page's now. */
  trouble?: SessionTrouble
}

/**
 * What is known, with the newest page of now: new files come on top, and what is missing between those of the page
 * was deleted. Undefined where so much is new that there may be more between the page and what is known.
 */
export function withNewest(
  known: HistoryList | undefined,
  newest: HistoryList,
): HistoryList | undefined {
  if (!known || known.files.length === 0) return newest
  const last = newest.files.at(-1)
  const byId = new Map(known.files.map((view) => [view.id, view]))
  const files = newest.files.map((view) => newerView(byId.get(view.id), view))
  if (newest.nextCursor === null || !last) return { ...newest, files }
  if (isOlder(known.files[0]!, last)) return undefined
  const older = known.files.filter((view) => isOlder(view, last))
  const nextCursor = older.length > 0 ? known.nextCursor : newest.nextCursor
  return { ...newest, files: [...files, ...older], nextCursor }
}

/** What is known, with the page behind it. */
export function withOlder(known: HistoryList, { files, nextCursor }: FilePage): HistoryList {
  const ids = new Set(known.files.map(({ id }) => id))
  return {
    ...known,
    nextCursor,
    files: [...known.files, ...files.filter(({ id }) => !ids.has(id))],
  }
}

/** A file that was just started, on top. */
export function withFirst(known: HistoryList | undefined, view: FileView): HistoryList {
  const others = without(known, ({ id }) => id === view.id)
  return { ...others, files: [view, ...others.files] }
}

export function without(
  known: HistoryList | undefined,
  isRemoved: (view: FileView) => boolean,
): HistoryList {
  if (!known) return { files: [], nextCursor: null }
  return { ...known, files: known.files.filter((view) => !isRemoved(view)) }
}

/** What is known, with files back at their places: what was trashed is restored. */
export function withBack(known: HistoryList | undefined, views: readonly FileView[]): HistoryList {
  const ids = new Set(views.map(({ id }) => id))
  const others = without(known, ({ id }) => ids.has(id))
  const byAge = (a: FileView, b: FileView) => (isOlder(a, b) ? 1 : -1)
  return { ...others, files: [...others.files, ...views].toSorted(byAge) }
}

/** What is known, with a newer view of one of its files. */
export function withView(known: HistoryList, view: FileView): HistoryList {
  const files = known.files.map((one) => (one.id === view.id ? newerView(one, view) : one))
  return { ...known, files }
}

/** Whether a file comes after another one: by its start, and then by its id, as the server sorts. */
function isOlder(view: FileView, than: FileView) {
  if (view.createdAt !== than.createdAt) return view.createdAt < than.createdAt
  return view.id < than.id
}
