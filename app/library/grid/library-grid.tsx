'use client'

import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { Tile, type TileActions } from './tile.tsx'
import { type Columns, useColumns } from './use-columns.ts'
import { type GridActions, useGridKeys } from './use-grid-keys.ts'
import { useBoxRows, useWindowRows } from './use-rows.ts'

interface LibraryGridProps {
  items: readonly ShelfItem[]
  /** All that is found, where it is known. */
  total: number | undefined
  selected: ReadonlySet<string>
  actions: GridActions
  onNearEnd: () => void
  /** A click selects, also the first one. */
  isPicking?: boolean
  /** What is scrolled, where that is not the window; nothing else is in it. */
  box?: RefObject<HTMLElement | null>
}

/** Any number of items as a grid, of which only the rows near the window are drawn. Arrows move, Space selects. */
export function LibraryGrid(props: LibraryGridProps) {
  const t = useTranslations('library')
  const grid = useRef<HTMLDivElement>(null)
  const columns = useColumns(grid)
  const { items, total } = props
  const count = columns?.count ?? 1
  return (
    <div
      ref={grid}
      // Without rows a grid is no grid.
      role={items.length > 0 ? 'grid' : undefined}
      aria-label={items.length > 0 ? t('items') : undefined}
      aria-multiselectable={items.length > 0 ? 'true' : undefined}
      aria-rowcount={
        items.length > 0 ? Math.ceil(Math.max(total ?? 0, items.length) / count) : undefined
      }
      aria-colcount={items.length > 0 ? count : undefined}
    >
      {columns &&
        (props.box ? (
          <BoxRows {...props} box={props.box} columns={columns} grid={grid} />
        ) : (
          <WindowRows {...props} columns={columns} grid={grid} />
        ))}
    </div>
  )
}

interface RowsProps extends LibraryGridProps {
  columns: Columns
  grid: RefObject<HTMLDivElement | null>
}

function WindowRows(props: RowsProps) {
  const active = useActive(props.items)
  const { columns, items, onNearEnd } = props
  const rows = useWindowRows({ columns, count: items.length, at: active.at, onNearEnd })
  return <Rows {...props} rows={rows} active={active} />
}

function BoxRows({ box, ...props }: RowsProps & Required<Pick<LibraryGridProps, 'box'>>) {
  const active = useActive(props.items)
  const { columns, items, onNearEnd } = props
  const rows = useBoxRows({ columns, count: items.length, at: active.at, onNearEnd }, box)
  return <Rows {...props} rows={rows} active={active} />
}

/** The item that has the focus, or would get it. */
function useActive(items: readonly ShelfItem[]) {
  const [active, setActive] = useState(0)
  return { at: Math.min(active, Math.max(0, items.length - 1)), setActive }
}

interface DrawnRowsProps extends RowsProps {
  rows: ReturnType<typeof useWindowRows>
  active: ReturnType<typeof useActive>
}

function Rows(props: DrawnRowsProps) {
  const { items, columns, grid, selected, isPicking = false, actions, rows, active } = props
  const { at, setActive } = active
  const { drawn, height, scrollTo } = rows
  const moveTo = (index: number) => {
    setActive(index)
    scrollTo(index)
    focusSoon(grid, index)
  }
  const onKeyDown = useGridKeys({ items, at, columns: columns.count, selected, actions, moveTo })
  const steady = useSteady(actions, setActive)
  return (
    <div role="presentation" className="relative" style={{ height }} onKeyDown={onKeyDown}>
      {drawn.map(({ index, top }) => (
        <Row
          key={index}
          row={index}
          top={top}
          columns={columns}
          items={items.slice(index * columns.count, (index + 1) * columns.count)}
          at={at}
          selected={selected}
          isSelecting={isPicking || selected.size > 0}
          actions={steady}
        />
      ))}
    </div>
  )
}

interface RowProps extends Pick<RowsProps, 'items' | 'columns' | 'selected'> {
  row: number
  top: number
  at: number
  isSelecting: boolean
  actions: TileActions
}

function Row({ row, top, columns, items, at, selected, isSelecting, actions }: RowProps) {
  const first = row * columns.count
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no table: only some of its rows are drawn
      role="row"
      aria-rowindex={row + 1}
      className="absolute inset-x-0 top-0 grid justify-between"
      style={{
        transform: `translateY(${top}px)`,
        gridTemplateColumns: `repeat(${columns.count}, ${columns.tileWidth}px)`,
      }}
    >
      {items.map((item, column) => (
        <Tile
          key={item.id}
          item={item}
          index={first + column}
          column={column}
          isSelected={selected.has(item.id)}
          isSelecting={isSelecting}
          isActive={first + column === at}
          actions={actions}
        />
      ))}
    </div>
  )
}

/** The actions of the moment behind functions that stay the same: a tile is drawn again only where it changes. */
function useSteady(actions: GridActions, onFocus: TileActions['onFocus']): TileActions {
  const latest = useRef(actions)
  const hasStars = actions.onStar !== undefined
  useEffect(() => {
    latest.current = actions
  })
  return useMemo(
    () => ({
      onOpen: (id) => latest.current.onOpen(id),
      onSelect: (id, isRange) => latest.current.onSelect(id, isRange),
      ...(hasStars && { onStar: (item: ShelfItem) => latest.current.onStar?.(item) }),
      onFocus,
    }),
    [onFocus, hasStars],
  )
}

/** Once it is drawn: after a jump it is not yet. */
function focusSoon(grid: RefObject<HTMLElement | null>, index: number, tries = 20) {
  requestAnimationFrame(() => {
    const tile = grid.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)
    if (tile) tile.focus({ preventScroll: true })
    else if (tries > 0) focusSoon(grid, index, tries - 1)
  })
}
