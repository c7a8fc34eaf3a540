'use client'

import { clsx } from 'clsx'
import { CheckIcon, StarIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type MouseEvent, memo } from 'react'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { TileFacts } from './tile-facts.tsx'
import { TileFrame } from './tile-frame.tsx'
import { useLongPress } from './use-long-press.ts'

export interface TileActions {
  onOpen: (id: string) => void
  /** `isRange`: everything up to it. */
  onSelect: (id: string, isRange: boolean) => void
  /** Without it there are no stars. */
  onStar?: (item: ShelfItem) => void
  onFocus: (index: number) => void
}

interface TileProps {
  item: ShelfItem
  index: number
  column: number
  isSelected: boolean
  /** A click selects instead of opening. */
  isSelecting: boolean
  /** The one tile of the grid that Tab leads to. */
  isActive: boolean
  actions: TileActions
}

/** An item of the library. Enter opens it, Space selects it; so do a click, and the mark or a long press. */
export const Tile = memo(function Tile(props: TileProps) {
  const { item, index, column, isSelected, isSelecting, isActive, actions } = props
  const t = useTranslations('library')
  const press = useLongPress(() => actions.onSelect(item.id, false))
  const click = (event: MouseEvent) => {
    if (press.wasPress()) return
    if (isSelecting || event.shiftKey || event.ctrlKey || event.metaKey)
      actions.onSelect(item.id, event.shiftKey)
    else actions.onOpen(item.id)
  }
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the grid has the keys
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- no table: only some of its rows are drawn
      role="gridcell"
      data-item={item.id}
      data-index={index}
      tabIndex={isActive ? 0 : -1}
      aria-selected={isSelected}
      aria-colindex={column + 1}
      onClick={click}
      onFocus={() => actions.onFocus(index)}
      {...press.handlers}
      className="group relative min-w-0 cursor-pointer touch-manipulation rounded-sm select-none [-webkit-touch-callout:none]"
    >
      <span
        className={clsx(
          'flex aspect-square items-end',
          isSelected && 'rounded-sm outline-2 outline-offset-2 outline-signal-ink',
        )}
      >
        <TileFrame item={item} />
      </span>
      <span dir="auto" className="mt-1.5 block truncate text-sm">
        {item.title || t('untitled')}
      </span>
      <span className="block truncate font-mono text-tiny text-soft">
        <TileFacts item={item} />
      </span>
      <TileMarks {...props} />
    </div>
  )
})

/** The mark that selects, and the star. The keyboard has Space, and the bar of what is selected. */
function TileMarks({ item, isSelected, isSelecting, actions }: TileProps) {
  const t = useTranslations('library')
  const title = item.title || t('untitled')
  const stop = (act: (event: MouseEvent) => void) => (event: MouseEvent) => {
    event.stopPropagation()
    act(event)
  }
  return (
    <>
      <button
        type="button"
        tabIndex={-1}
        aria-pressed={isSelected}
        aria-label={t('select', { title })}
        onClick={stop(({ shiftKey }) => actions.onSelect(item.id, shiftKey))}
        className={clsx(
          markStyle,
          'left-1',
          isSelected
            ? 'border-signal bg-signal text-on-signal'
            : 'border-on-film bg-film/70 text-transparent',
          !isSelected && !isSelecting && whenPointed,
        )}
      >
        <CheckIcon aria-hidden="true" className="size-4" />
      </button>
      {actions.onStar && (
        <button
          type="button"
          tabIndex={-1}
          aria-pressed={item.isStarred}
          aria-label={t('star', { title })}
          onClick={stop(() => actions.onStar?.(item))}
          className={clsx(
            markStyle,
            'right-1 border-transparent bg-film/70 text-on-film',
            !item.isStarred && whenPointed,
          )}
        >
          <StarIcon
            aria-hidden="true"
            className={clsx('size-4', item.isStarred && 'fill-current')}
          />
        </button>
      )}
    </>
  )
}

const markStyle =
  'absolute top-1 grid size-7 place-items-center rounded-md border-2 forced-color-adjust-none touch:size-9'
/** Shown to a pointer and to the keyboard; a finger has the long press. */
const whenPointed =
  'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100 focus-visible:opacity-100 touch:hidden'
