'use client'

import { useTranslations } from 'next-intl'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import { XIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonStyle } from '../button.tsx'
import { CardBoundary } from '../card-boundary.tsx'
import { useBackCloses } from './back-closes.ts'

interface DialogProps {
  title: string
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** A large view above the page: Escape, the backdrop, the cross and Back close it. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const t = useTranslations('ui')
  useBackCloses(isOpen, onClose)
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-veil" />
        <BaseDialog.Viewport className="fixed inset-0 z-50 overflow-y-auto overscroll-contain">
          <BaseDialog.Popup className="mx-auto min-h-dvh max-w-6xl bg-ground p-4 outline-none sm:my-10 sm:min-h-0 sm:rounded-lg sm:border sm:border-hairline sm:p-8">
            <div className="mb-5 flex items-start justify-between gap-6">
              <BaseDialog.Title
                dir="auto"
                className="line-clamp-2 min-w-0 text-lg font-semibold tracking-tight"
              >
                {title}
              </BaseDialog.Title>
              <BaseDialog.Close
                aria-label={t('close')}
                className={buttonStyle({ variant: 'quiet', size: 'icon' })}
              >
                <XIcon />
              </BaseDialog.Close>
            </div>
            <CardBoundary>{children}</CardBoundary>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
