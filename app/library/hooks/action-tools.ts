import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import type { useShelf } from '#lib/delivery/library/use-shelf'
import type { Sentence } from '#lib/messages/message'

/** What the actions of the library work with. */
export interface ActionTools {
  shelf: ReturnType<typeof useShelf>
  announce: (sentence: Sentence) => void
  /** In a toast, with a way back where there is one, and for a screen reader. */
  tell: (title: Sentence, undo?: () => void) => void
  /** One at a time as far as the buttons show; a failure is told. */
  run: (act: () => Promise<void>) => Promise<void>
  /** Takes items off the page. */
  takeOut: (ids: readonly string[]) => void
}

export type Items = readonly ShelfItem[]

export function idsOf(items: Items) {
  return items.map(({ id }) => id)
}
