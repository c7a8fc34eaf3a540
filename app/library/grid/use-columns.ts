'use client'

import { type RefObject, useLayoutEffect, useState } from 'react'

const gapRem = 1
/** Two columns on the narrowest phone. */
const tileRem = { phone: 8, wide: 11 }
/** Below the frame: two lines of words, and the space to the next row. */
const captionRem = 4.25

export interface Columns {
  count: number
  /** Pixels, of a tile and of a whole row with the space below it. */
  tileWidth: number
  rowHeight: number
  /** Where the grid begins on the page. */
  top: number
}

/** How many tiles fit in a row, and how large they and their rows are: known before a picture is loaded. */
export function useColumns(grid: RefObject<HTMLElement | null>): Columns | undefined {
  const [columns, setColumns] = useState<Columns>()
  useLayoutEffect(() => {
    const element = grid.current
    if (!element) return undefined
    const measure = () => {
      const next = columnsOf(element)
      setColumns((known) => (known && isSame(known, next) ? known : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // What is above it changes where it begins.
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [grid])
  return columns
}

function columnsOf(element: HTMLElement): Columns {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  const { width, top } = element.getBoundingClientRect()
  const [gap, least] = [gapRem * rem, (width < 40 * rem ? tileRem.phone : tileRem.wide) * rem]
  const count = Math.max(1, Math.floor((width + gap) / (least + gap)))
  const tileWidth = Math.floor((width - gap * (count - 1)) / count)
  const rowHeight = tileWidth + Math.round(captionRem * rem)
  return { count, tileWidth, rowHeight, top: Math.round(top + scrollY) }
}

function isSame(a: Columns, b: Columns) {
  return a.count === b.count && a.tileWidth === b.tileWidth && a.top === b.top
}
