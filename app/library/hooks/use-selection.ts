'use client'

import { useEffect, useEffectEvent, useMemo, useState } from 'react'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { type Sentence, message } from '#lib/messages/message'
import { type Selection, all, extended, nothing, shownOf, toggled, without } from '../selection.ts'

const pauseMs = 300

/** What is selected on the page. It is announced once it rests: a held key passes many on its way. */
export function useSelection(items: readonly ShelfItem[], announce: (sentence: Sentence) => void) {
  const [selection, setSelection] = useState<Selection>(nothing)
  const shown = useMemo(() => shownOf(selection, items), [items, selection])
  const count = shown.items.length
  const [announced, setAnnounced] = useState(0)
  const tell = useEffectEvent((now: number) => {
    if (now === announced) return
    setAnnounced(now)
    announce(message('library.selected', { count: now }))
  })
  useEffect(() => {
    const timer = setTimeout(() => tell(count), pauseMs)
    return () => clearTimeout(timer)
  }, [count])
  return {
    /** Of what the page shows, in its order. */
    ...shown,
    select: (id: string, isRange: boolean) =>
      setSelection((before) => (isRange ? extended(before, items, id) : toggled(before, id))),
    selectAll: () => setSelection(all(items)),
    end: () => setSelection(nothing),
    forget: (gone: ReadonlySet<string>) => setSelection((before) => without(before, gone)),
  }
}
