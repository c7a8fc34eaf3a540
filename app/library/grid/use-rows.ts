'use client'

import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect } from 'react'
import type { Columns } from './use-columns.ts'

/** Rows that are drawn beyond what is seen. */
const overscan = 3
/** Rows before the end at which the next page is read. */
const rowsAhead = 12

interface RowsOptions {
  columns: Columns
  /** Of items. */
  count: number
  /** The item that has the focus, or would get it. */
  at: number
  onNearEnd: () => void
}

/** The rows near the window; all have one height, which is known before they are drawn. */
export function useRows({ columns, count, at, onNearEnd }: RowsOptions) {
  const rowCount = Math.ceil(count / columns.count)
  const ownRow = Math.floor(at / columns.count)
  // oxlint-disable-next-line react/incompatible-library -- what it returns is read here, and handed to nothing that is kept
  const rows = useWindowVirtualizer({
    count: rowCount,
    estimateSize: () => columns.rowHeight,
    overscan,
    scrollMargin: columns.top,
    // What has the focus stays, however far it is scrolled away.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      if (shown.includes(ownRow) || ownRow >= rowCount) return shown
      return [...shown, ownRow].toSorted((a, b) => a - b)
    },
  })
  useEffect(() => rows.measure(), [rows, columns.rowHeight])
  const last = rows.range?.endIndex ?? 0
  useEffect(() => {
    if (rowCount > 0 && last >= rowCount - rowsAhead) onNearEnd()
  }, [last, rowCount, onNearEnd])
  return {
    drawn: rows.getVirtualItems().map(({ index, start }) => ({ index, top: start - columns.top })),
    height: rows.getTotalSize(),
    scrollTo: (index: number) => rows.scrollToIndex(Math.floor(index / columns.count)),
  }
}
