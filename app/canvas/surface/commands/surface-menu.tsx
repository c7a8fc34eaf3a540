'use client'

import { Menu } from '@base-ui/react/menu'
import { clsx } from 'clsx'
import { useEffect, useRef } from 'react'
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
  const hasPressed = usePressSince(menu)
  if (!menu) return null
  const { x, y } = menu.at
  return (
    <Menu.Root
      open
      modal={false}
      onOpenChange={(open, { reason }) => {
        // The finger that has opened it is lifted.
        if (reason === 'outside-press' && !hasPressed.current) return
        if (!open) onClose()
      }}
    >
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

/** Whether a press has begun since the menu was opened: only such a one is meant for what is outside of it. */
function usePressSince(menu: OpenMenu | null) {
  const hasPressed = useRef(false)
  useEffect(() => {
    if (!menu) return undefined
    hasPressed.current = false
    const note = () => {
      hasPressed.current = true
    }
    addEventListener('pointerdown', note, { capture: true })
    return () => removeEventListener('pointerdown', note, { capture: true })
  }, [menu])
  return hasPressed
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
