'use client'

import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { useBackCloses } from './back-closes.ts'

interface DrawerProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** A panel over the left edge, for a sidebar on a narrow screen. Escape, the backdrop and Back close it. */
export function Drawer({ title, isOpen, onClose, children }: DrawerProps) {
  useBackCloses(isOpen, onClose)
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <BaseDialog.Popup className="fixed inset-y-0 left-0 z-50 flex w-[min(21rem,88vw)] flex-col border-r border-hairline bg-ground p-4 outline-none">
          <BaseDialog.Title className="mb-3 text-lg font-semibold tracking-tight">
            {title}
          </BaseDialog.Title>
          <div className="min-h-0 flex-1">{children}</div>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
