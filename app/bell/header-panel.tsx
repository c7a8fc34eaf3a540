'use client'

import { Popover } from '@base-ui/react/popover'
import type { ReactNode, RefObject } from 'react'
import { useBackCloses } from '#components/ui/overlay/back-closes.ts'

interface HeaderPanelProps {
  title: string
  anchor: RefObject<HTMLElement | null>
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** A panel below a button of the header: Escape, a click elsewhere and Back close it. */
export function HeaderPanel({ title, anchor, isOpen, onClose, children }: HeaderPanelProps) {
  useBackCloses(isOpen, onClose)
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="end" sideOffset={8} className="z-60">
          <Popover.Popup
            finalFocus={anchor}
            className="flex max-h-[min(32rem,var(--available-height))] w-88 max-w-[calc(100vw-2rem)] flex-col rounded-lg border border-hairline bg-raised shadow-[0_1rem_3rem_-1rem_var(--color-veil)] outline-none"
          >
            <Popover.Title className="px-4 pt-3 pb-2 text-sm font-semibold">{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
