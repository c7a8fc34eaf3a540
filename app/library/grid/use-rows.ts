'use client'

import {
  type Range,
  defaultRangeExtractor,
  useVirtualizer,
  useWindowVirtualizer,
} from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
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
export function useWindowRows(options: RowsOptions) {
  const { rowHeight, top } = options.columns
  // oxlint-disable-next-line react/incompatible-library -- what it returns is read here, and handed to nothing that is kept
  const rows = useWindowVirtualizer({ ...sizesOf(options), scrollMargin: top })
  useEffect(() => rows.measure(), [rows, rowHeight])
  useNearEnd(rows.range?.endIndex, options)
  return drawnOf(rows, options)
}

/** The same within a box that is scrolled by itself, and holds nothing else. */
export function useBoxRows(options: RowsOptions, box: RefObject<HTMLElement | null>) {
  const { rowHeight } = options.columns
  // oxlint-disable-next-line react/incompatible-library -- what it returns is read here, and handed to nothing that is kept
  const rows = useVirtualizer({ ...sizesOf(options), getScrollElement: () => box.current })
  useEffect(() => rows.measure(), [rows, rowHeight])
  useNearEnd(rows.range?.endIndex, options)
  return drawnOf(rows, { ...options, columns: { ...options.columns, top: 0 } })
}

function sizesOf({ columns, count, at }: RowsOptions) {
  const rowCount = Math.ceil(count / columns.count)
  const ownRow = Math.floor(at / columns.count)
  return {
    count: rowCount,
    estimateSize: () => columns.rowHeight,
    overscan,
    // The rows beyond what is seen cover the wait: a frame is not held up until the next row is drawn.
    useFlushSync: false,
    // What has the focus stays, however far it is scrolled away.
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range)
      if (shown.includes(ownRow) || ownRow >= rowCount) return shown
      return [...shown, ownRow].toSorted((a, b) => a - b)
    },
  }
}

type Rows = Pick<
  ReturnType<typeof useWindowVirtualizer>,
  'getVirtualItems' | 'getTotalSize' | 'scrollToIndex'
>

function drawnOf(rows: Rows, { columns: { count, top } }: RowsOptions) {
  return {
    drawn: rows.getVirtualItems().map(({ index, start }) => ({ index, top: start - top })),
    height: rows.getTotalSize(),
    scrollTo: (index: number) => rows.scrollToIndex(Math.floor(index / count)),
  }
}

function useNearEnd(last = 0, { columns, count, onNearEnd }: RowsOptions) {
  const rowCount = Math.ceil(count / columns.count)
  useEffect(() => {
    if (rowCount > 0 && last >= rowCount - rowsAhead) onNearEnd()
  }, [last, rowCount, onNearEnd])
}
