import type { SessionTrouble } from '#lib/contract/answer-headers'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { type ShelfItem, shownOf } from './shelf-item.ts'

/** What a query finds as far as it was read, without a gap; `nextCursor` goes on behind it. */
export interface Shelf {
  items: readonly ShelfItem[]
  nextCursor: string | null
  /** The server answers another session than this page's now. */
  trouble?: SessionTrouble | undefined
}

/** On a first visit there is no session yet, and nothing is missing: it begins with the first video or image. */
export function troubleOf({ items, trouble }: Shelf, session: string | undefined) {
  const isFirstVisit = trouble === 'no_session' && !session && items.length === 0
  return isFirstVisit ? undefined : trouble
}

/**
 * What is known, with the first page of now: new items come on top, and what is missing between those of the page is
 * gone. Undefined where so much is new that there may be more between the page and what is known. In an order other than
 * by age the places of changes are not known: what is known keeps its place then, with its newest facts.
 */
export function withFirstPage(
  known: Shelf | undefined,
  first: Shelf,
  isByAge: boolean,
): Shelf | undefined {
  if (!known || known.items.length <= first.items.length || first.nextCursor === null) return first
  if (!isByAge) return withFacts(known, first.items)
  const last = first.items.at(-1)
  if (!last) return first
  if (isOlder(known.items[0]!, last)) return undefined
  const older = known.items.filter((item) => isOlder(item, last))
  if (older.length === 0) return first
  return { ...first, items: [...first.items, ...older], nextCursor: known.nextCursor }
}

/** What is known, with the page behind it. An item that moved meanwhile is not listed twice in a row. */
export function withNextPage(known: Shelf, { items, nextCursor }: Shelf): Shelf {
  const near = new Set(known.items.slice(-2 * items.length).map(({ id }) => id))
  return {
    ...known,
    nextCursor,
    items: [...known.items, ...items.filter(({ id }) => !near.has(id))],
  }
}

export function withoutItems(known: Shelf, ids: ReadonlySet<string>): Shelf {
  const items = known.items.filter(({ id }) => !ids.has(id))
  return items.length === known.items.length ? known : { ...known, items }
}

/** What is known, with some of its items changed. */
export function withChange(
  known: Shelf,
  ids: ReadonlySet<string>,
  change: (item: ShelfItem) => Partial<ShelfItem>,
): Shelf {
  const items = known.items.map((item) => (ids.has(item.id) ? { ...item, ...change(item) } : item))
  return { ...known, items }
}

/** What is known, with the end of a generation in it, or its other poster; until then its tile follows it by itself. */
export function withViewOf(known: Shelf, view: FileView): Shelf {
  if (!isFinal(view)) return known
  const place = known.items.findIndex(({ id }) => id === view.id)
  const item = known.items[place]
  if (!item || (item.view?.version ?? 0) >= view.version) return known
  const shown = shownOf(view)
  if (item.status === view.status && item.posterUrl === shown.posterUrl) return known
  const { view: _before, ...rest } = item
  const weightBytes = Math.max(item.weightBytes, view.sizeBytes ?? 0)
  const items = known.items.with(place, { ...rest, weightBytes, ...shown })
  return { ...known, items }
}

/** What is known, with the newest facts of what is in it. */
export function withFacts(known: Shelf, fresh: readonly ShelfItem[]): Shelf {
  const byId = new Map(fresh.map((item) => [item.id, item]))
  return { ...known, items: known.items.map((item) => byId.get(item.id) ?? item) }
}

function isOlder(item: ShelfItem, than: ShelfItem) {
  if (item.createdAt !== than.createdAt) return item.createdAt < than.createdAt
  return item.id < than.id
}

/**
 * What is known, with items of the list before back at their places, whatever its order: what was trashed is restored.
 * Each follows what it followed there; without that it is on top until the first page is read.
 */
export function withItemsBack(
  known: Shelf,
  before: readonly ShelfItem[],
  ids: ReadonlySet<string>,
): Shelf {
  const there = new Set(known.items.map(({ id }) => id))
  const top: ShelfItem[] = []
  const behind = new Map<string, ShelfItem[]>()
  let group = top
  for (const item of before)
    if (there.has(item.id)) behind.set(item.id, (group = []))
    else if (ids.has(item.id)) group.push(item)
  const rest = known.items.flatMap((item) => [item, ...(behind.get(item.id) ?? [])])
  return { ...known, items: [...top, ...rest] }
}
