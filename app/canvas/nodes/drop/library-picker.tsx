'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { Dialog } from '#components/ui/overlay/dialog'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { useShelf } from '#lib/delivery/library/use-shelf'
import { type LibraryAddress, libraryKinds, queryOf } from '../../../library/address.ts'
import { SearchField } from '../../../library/bar/search-field.tsx'
import { LibraryGrid } from '../../../library/grid/library-grid.tsx'
import { ShelfState } from '../../../library/shelf-state.tsx'
import { type Selection, all, extended, nothing, toggled } from '../../../library/selection.ts'

interface LibraryPickerProps {
  isOpen: boolean
  onClose: () => void
  /** What was picked, in the order it was. */
  onPick: (items: readonly ShelfItem[]) => void
}

/** The library, to put things of it on the canvas: several at once. */
export function LibraryPicker({ isOpen, onClose, ...picking }: LibraryPickerProps) {
  const t = useTranslations('canvasNodes.library')
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <Picking {...picking} onClose={onClose} />
    </Dialog>
  )
}

/** One request of a canvas takes this many and more; a person hardly picks as many. */
const pickedAtMost = 100
function Picking({ onPick, onClose }: Omit<LibraryPickerProps, 'isOpen'>) {
  const t = useTranslations('canvasNodes.library')
  const [asked, ask] = useState<LibraryAddress>({})
  // What is not ready has nothing to be used yet.
  const shelf = useShelf(queryOf({ ...asked, status: 'completed' }))
  const picked = usePicked(shelf.items)
  const pick = (items: readonly ShelfItem[]) => {
    if (items.length === 0) return
    onClose()
    onPick(items.slice(0, pickedAtMost))
  }
  const open = (id: string) =>
    pick(picked.items.length > 0 ? picked.items : shelf.items.filter((one) => one.id === id))
  const count = picked.items.length
  return (
    <div className="flex h-[calc(100dvh-7rem)] flex-col gap-4 sm:h-[min(44rem,calc(100dvh-12.5rem))]">
      <PickerBar asked={asked} ask={ask} />
      <Found shelf={shelf} picked={picked} asked={asked} ask={ask} onOpen={open} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-hairline pt-4">
        <Button variant="primary" disabled={count === 0} onClick={() => pick(picked.items)}>
          <span>{t('add')}</span>
        </Button>
        <output className="text-sm text-soft tabular-nums">
          {count > pickedAtMost ? t('atMost', { limit: pickedAtMost }) : t('picked', { count })}
        </output>
      </div>
    </div>
  )
}

interface AskedProps {
  /** Of the library, as its page asks for it. */
  asked: LibraryAddress
  ask: (next: LibraryAddress) => void
}

function PickerBar({ asked, ask }: AskedProps) {
  const t = useTranslations('library')
  return (
    <div className="flex flex-wrap items-center gap-3">
      <SearchField value={asked.q ?? ''} onSearch={(q) => ask({ ...asked, q })} />
      <Select
        aria-label={t('filter.kind')}
        className="sm:max-w-56"
        value={asked.kind ?? ''}
        onChange={({ target }) => ask(withKind(asked, target.value))}
      >
        <option value="">{t('filter.any_kind')}</option>
        {libraryKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </Select>
    </div>
  )
}

function withKind({ kind: _, ...others }: LibraryAddress, value: string): LibraryAddress {
  const kind = libraryKinds.find((one) => one === value)
  return kind ? { ...others, kind } : others
}

/** What is picked, in the order it was; another search takes nothing out of it. */
function usePicked(items: readonly ShelfItem[]) {
  const [selection, setSelection] = useState(nothing)
  const [known, setKnown] = useState<ReadonlyMap<string, ShelfItem>>(new Map())
  const change = (next: Selection) => {
    const chosen = items.filter(({ id }) => next.ids.has(id))
    setSelection(next)
    setKnown(new Map([...known, ...chosen.map((item) => [item.id, item] as const)]))
  }
  return {
    ids: selection.ids,
    items: [...selection.ids].flatMap((id) => known.get(id) ?? []),
    select: (id: string, isRange: boolean) =>
      change(isRange ? extended(selection, items, id) : toggled(selection, id)),
    selectAll: () => change(all(items)),
    end: () => change(nothing),
  }
}

interface FoundProps extends AskedProps {
  shelf: ReturnType<typeof useShelf>
  picked: ReturnType<typeof usePicked>
  onOpen: (id: string) => void
}

function Found({ shelf, picked, asked, ask, onOpen }: FoundProps) {
  const box = useRef<HTMLDivElement>(null)
  const { loadMore } = shelf
  const onNearEnd = useCallback(() => void loadMore(), [loadMore])
  return (
    <div ref={box} className="-mx-2 min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
      <ShelfState shelf={shelf} address={asked} go={ask} />
      <div className={shelf.isStale ? 'opacity-50' : undefined}>
        <LibraryGrid
          box={box}
          items={shelf.items}
          total={shelf.weight?.count}
          selected={picked.ids}
          isPicking
          onNearEnd={onNearEnd}
          actions={{
            onOpen,
            onSelect: picked.select,
            onSelectAll: picked.selectAll,
            onEnd: picked.end,
          }}
        />
      </div>
    </div>
  )
}
