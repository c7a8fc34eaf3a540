'use client'

import { Menu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { MenuEntry, menuStyle } from '#components/ui/overlay/menu'
import { useBackCloses } from '#components/ui/overlay/back-closes.ts'
import type { OpenMenu } from '../editor.ts'

interface SurfaceMenuProps {
  menu: OpenMenu | null
  onClose: () => void
}

/** The menu of the canvas, at a place of the window: arrows and first letters move, Enter chooses, Escape and Back close. */
export function SurfaceMenu({ menu, onClose }: SurfaceMenuProps) {
  useBackCloses(menu !== null, onClose)
  if (!menu) return null
  const { x, y } = menu.at
  return (
    <Menu.Root open onOpenChange={(open) => !open && onClose()} modal={false}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={{ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }}
          align="start"
          className="z-60"
        >
          <Menu.Popup
            aria-label={menu.label}
            aria-labelledby={undefined}
            className={clsx(
              'max-h-(--available-height) max-w-[min(24rem,calc(100vw-2rem))] overflow-y-auto',
              menuStyle,
            )}
          >
            {menu.parts.map((part, index) => (
              <Part key={part.title ?? index} {...part} isFirst={index === 0} />
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function Part({ title, items, isFirst }: OpenMenu['parts'][number] & { isFirst: boolean }) {
  return (
    <>
      {!isFirst && <Menu.Separator className="mx-2 my-1 h-px bg-hairline" />}
      <Menu.Group>
        {title && (
          <Menu.GroupLabel className="px-3 pt-2 pb-1 text-tiny text-soft">{title}</Menu.GroupLabel>
        )}
        {items.map(({ label, aside, onSelect }) => (
          <MenuEntry key={label} label={label} onSelect={onSelect}>
            {aside && <kbd className="font-sans text-tiny text-soft">{aside}</kbd>}
          </MenuEntry>
        ))}
      </Menu.Group>
    </>
  )
}
