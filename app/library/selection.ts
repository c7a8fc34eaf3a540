/** What is selected, and how a range goes on from here. */
export interface Selection {
  ids: ReadonlySet<string>
  /** Where a range begins: what was selected last by itself. */
  anchor: string | null
  /** What was selected before the range began, and stays so whatever the range becomes. */
  kept: ReadonlySet<string>
}

export const nothing: Selection = { ids: new Set(), anchor: null, kept: new Set() }

interface Listed {
  id: string
}

/** Selects an item, or takes it out; a range begins there. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id, kept: next }
}

/** Selects everything from the anchor to an item, instead of the range before. Without an anchor it begins at the item. */
export function extended(before: Selection, items: readonly Listed[], id: string): Selection {
  const end = items.findIndex((item) => item.id === id)
  const start = items.findIndex((item) => item.id === before.anchor)
  if (start < 0 || end < 0) return toggled({ ...before, ids: withoutId(before.ids, id) }, id)
  const range = items.slice(Math.min(start, end), Math.max(start, end) + 1)
  return { ...before, ids: new Set([...before.kept, ...range.map((item) => item.id)]) }
}

export function all(items: readonly Listed[]): Selection {
  const ids = new Set(items.map(({ id }) => id))
  return { ids, anchor: items[0]?.id ?? null, kept: ids }
}

/** What is selected of what the page shows, in its order. What is selected elsewhere stays so, and counts for nothing here. */
export function shownOf<Item extends Listed>({ ids }: Selection, items: readonly Item[]) {
  const shown = ids.size === 0 ? [] : items.filter(({ id }) => ids.has(id))
  return { items: shown, ids: new Set(shown.map(({ id }) => id)) }
}

/** After items have left the page: what is not there is not selected. */
export function without(before: Selection, gone: ReadonlySet<string>): Selection {
  if (![...gone].some((id) => before.ids.has(id))) return before
  const left = (ids: ReadonlySet<string>) => new Set([...ids].filter((id) => !gone.has(id)))
  const anchor = before.anchor !== null && gone.has(before.anchor) ? null : before.anchor
  return { ids: left(before.ids), anchor, kept: left(before.kept) }
}

function withoutId(ids: ReadonlySet<string>, id: string) {
  const next = new Set(ids)
  next.delete(id)
  return next
}
