'use client'

import { useState } from 'react'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { useDialog } from '../../hooks/use-dialog.ts'
import type { ComparedPair } from '../compare/image-slider.tsx'

/** What is open above the library: an item, that of a link first, two that are compared, a question. */
export function useLibraryDialogs(items: readonly ShelfItem[], linkedId: string | undefined) {
  const [linked, setLinked] = useState<string>()
  const [opened, setOpened] = useState<{ id: string; at: number }>()
  const [isOpen, setIsOpen] = useState(false)
  const comparing = useDialog<ComparedPair>()
  const joining = useDialog<readonly ShelfItem[]>()
  const deletion = useDialog<readonly ShelfItem[]>()
  const emptying = useDialog<'trash'>()
  const open = (id: string) => {
    setOpened({ id, at: items.findIndex((item) => item.id === id) })
    setIsOpen(true)
  }
  // Once it is listed, and once a link.
  if (linkedId && linkedId !== linked && items.some(({ id }) => id === linkedId)) {
    setLinked(linkedId)
    open(linkedId)
  }
  // What is new above it moves its place.
  const isThere = opened && items[opened.at]?.id === opened.id
  const at = isThere ? opened.at : items.findIndex(({ id }) => id === opened?.id)
  const step = (by: number) => {
    const next = at < 0 ? undefined : items[at + by]
    return next && (() => open(next.id))
  }
  return {
    item: items[at],
    isOpen: isOpen && at >= 0,
    onPrevious: step(-1),
    onNext: step(1),
    open,
    close: () => setIsOpen(false),
    comparing,
    compare: ([left, right]: readonly ShelfItem[]) => {
      if (left && right) comparing.open({ left, right })
    },
    joining,
    deletion,
    emptying: { ...emptying, open: () => emptying.open('trash') },
  }
}

export type LibraryDialogState = ReturnType<typeof useLibraryDialogs>
