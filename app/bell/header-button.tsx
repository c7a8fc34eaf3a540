'use client'

import type { ReactNode, RefObject } from 'react'
import { Button } from '#components/ui/button'

const shownAtMost = 99

interface HeaderButtonProps {
  anchor: RefObject<HTMLButtonElement | null>
  /** With the count in words. */
  label: string
  /** Shown at its corner; nothing for none. */
  count: number
  isOpen: boolean
  onClick: () => void
  /** The icon. */
  children: ReactNode
}

/** A button of the header that opens a panel, with a count. */
export function HeaderButton({
  anchor,
  label,
  count,
  isOpen,
  onClick,
  children,
}: HeaderButtonProps) {
  return (
    <Button
      ref={anchor}
      size="icon"
      variant="quiet"
      title={label}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      className="relative max-[30rem]:-mx-0.5"
      onClick={onClick}
    >
      {children}
      {count > 0 && (
        <span aria-hidden="true" className={countStyle}>
          {count > shownAtMost ? `${shownAtMost}+` : count}
        </span>
      )}
      <span className="sr-only">{label}</span>
    </Button>
  )
}

const countStyle = [
  'absolute -top-0.5 -right-0.5 touch:top-1 touch:right-1 grid h-4 min-w-4 place-items-center rounded-full bg-signal px-1',
  'text-[0.625rem] leading-none font-semibold text-on-signal tabular-nums forced-color-adjust-none',
].join(' ')
