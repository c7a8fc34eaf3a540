'use client'

import { lazyPart } from '../lazy-part.tsx'
import { type ReactNode, useRef, useState } from 'react'
import { Button, IconButton } from '../button.tsx'
import type { MenuItem } from './menu.tsx'

interface MenuButtonProps {
  label: string
  items: readonly MenuItem[]
  /** Shows the label next to the icon. */
  isLabelled?: boolean
  /** The icon. */
  children: ReactNode
}

const Menu = lazyPart(() => import('./menu.tsx').then((file) => file.Menu))

/** A button with a menu of further actions; hidden without items. The menu's code is loaded when first opened. */
export function MenuButton({ label, items, isLabelled = false, children }: MenuButtonProps) {
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [isWanted, want] = useState(false)
  if (items.length === 0) return null
  const common = {
    ref: anchor,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onClick: () => {
      want(true)
      setIsOpen(!isOpen)
    },
  } as const
  return (
    <>
      {isLabelled ? (
        <Button size="small" variant="quiet" {...common}>
          {children}
          <span>{label}</span>
        </Button>
      ) : (
        <IconButton label={label} {...common}>
          {children}
        </IconButton>
      )}
      {isWanted && (
        <Menu
          label={label}
          items={items}
          anchor={anchor}
          isOpen={isOpen}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
