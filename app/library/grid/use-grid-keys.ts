'use client'

import type { KeyboardEvent } from 'react'
import { stepOf } from './grid-keys.ts'
import type { TileActions } from './tile.tsx'

export interface GridActions extends Omit<TileActions, 'onFocus'> {
  onSelectAll: () => void
  /** Nothing is selected any more. */
  onEnd: () => void
}

interface GridKeysOptions {
  items: readonly { id: string }[]
  /** Where the focus is. */
  at: number
  columns: number
  selected: ReadonlySet<string>
  actions: GridActions
  moveTo: (index: number) => void
}

/** Arrows move, with Shift they select on the way; Space selects, Enter opens, Ctrl+A selects all, Escape nothing. */
export function useGridKeys(options: GridKeysOptions) {
  const { items, at, columns, selected, actions, moveTo } = options
  const actOf = (event: KeyboardEvent): (() => void) | undefined => {
    const item = items[at]
    if (!item || event.altKey) return undefined
    const isCommand = event.ctrlKey || event.metaKey
    // By its place on the keyboard too: with Russian letters the key is another one.
    if (isCommand && (event.key === 'a' || event.code === 'KeyA')) return actions.onSelectAll
    if (event.key === 'Escape') return selected.size > 0 ? actions.onEnd : undefined
    if (event.key === ' ') return () => actions.onSelect(item.id, event.shiftKey)
    if (event.key === 'Enter') return () => actions.onOpen(item.id)
    const next = stepOf(event, { at, count: items.length, columns })
    if (next === undefined) return undefined
    return () => {
      if (event.shiftKey) selectTo(item.id, items[next]?.id)
      moveTo(next)
    }
  }
  const selectTo = (from: string, to: string | undefined) => {
    if (selected.size === 0) actions.onSelect(from, false)
    if (to && to !== from) actions.onSelect(to, true)
  }
  return (event: KeyboardEvent) => {
    const act = actOf(event)
    if (!act) return
    event.preventDefault()
    act()
  }
}
