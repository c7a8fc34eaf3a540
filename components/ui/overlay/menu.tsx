'use client'

import { Menu as BaseMenu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import type { ReactNode, RefObject } from 'react'
import { useBackCloses } from './back-closes.ts'

/** One action in a menu. */
export interface MenuItem {
  label: string
  /** Shown at the right end: a price. */
  aside?: string
  onSelect: () => void
}

interface MenuProps {
  label: string
  items: readonly MenuItem[]
  /** The button it belongs to: it opens there, and gives the focus back to it. */
  anchor: RefObject<HTMLElement | null>
  isOpen: boolean
  onClose: () => void
}

/** A list of actions, moved through by arrows and first letters, chosen by Enter, closed by Escape and Back. */
export function Menu({ label, items, anchor, isOpen, onClose }: MenuProps) {
  useBackCloses(isOpen, onClose)
  return (
    <BaseMenu.Root open={isOpen} onOpenChange={(open) => !open && onClose()} modal={false}>
      <BaseMenu.Portal>
        <BaseMenu.Positioner anchor={anchor} align="start" sideOffset={4} className="z-60">
          <BaseMenu.Popup
            aria-label={label}
            aria-labelledby={undefined}
            finalFocus={() => (isElsewhere() ? false : anchor.current)}
            className={clsx('max-w-[calc(100vw-2rem)]', menuStyle)}
          >
            {items.map(({ label, aside, onSelect }) => (
              <MenuEntry key={label} label={label} onSelect={onSelect}>
                {aside && <span className="text-soft tabular-nums">{aside}</span>}
              </MenuEntry>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  )
}

/** What every menu looks like. */
export const menuStyle =
  'min-w-52 rounded-lg border border-hairline bg-raised p-1 shadow-[0_1rem_3rem_-1rem_var(--color-veil)] outline-none'

interface MenuEntryProps extends Pick<MenuItem, 'label' | 'onSelect'> {
  /** At the right end. */
  children?: ReactNode
}

/** One action, as every menu shows it. */
export function MenuEntry({ label, onSelect, children }: MenuEntryProps) {
  return (
    <BaseMenu.Item
      onClick={onSelect}
      className="flex min-h-9 cursor-pointer items-center justify-between gap-6 rounded-sm px-3 text-sm outline-none data-highlighted:bg-ink/8 touch:min-h-11"
    >
      <span dir="auto" className="min-w-0">
        {label}
      </span>
      {children}
    </BaseMenu.Item>
  )
}

/** Whether the chosen action has already moved the focus. */
function isElsewhere() {
  const { activeElement } = document
  return activeElement !== document.body && !activeElement?.closest('[role=menu]')
}
