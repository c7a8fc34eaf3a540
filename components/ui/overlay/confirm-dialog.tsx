'use client'

import { useTranslations } from 'next-intl'
import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { Button, buttonStyle } from '../button.tsx'
import { useBackCloses } from './back-closes.ts'

interface ConfirmDialogProps {
  title: string
  description: ReactNode
  /** Label of the confirming button. */
  action: string
  /** Label of the harmless button. By default that of keeping things as they are. */
  keepLabel?: string
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before an action that cannot be undone. The harmless button has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, action, keepLabel, isOpen, onConfirm, onClose } = props
  const t = useTranslations('ui')
  useBackCloses(isOpen, onClose)
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-50 bg-veil" />
        <AlertDialog.Popup className="fixed max-h-[calc(100dvh-2rem)] overflow-y-auto top-1/2 left-1/2 z-50 w-[min(26rem,calc(100vw-2rem))] -translate-1/2 rounded-lg border border-hairline bg-raised p-6 outline-none">
          <AlertDialog.Title className="text-lg font-semibold tracking-tight">
            {title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm text-pretty text-soft tabular-nums">
            {description}
          </AlertDialog.Description>
          <div className="mt-6 flex flex-wrap justify-end gap-3">
            <AlertDialog.Close className={buttonStyle({ variant: 'outline' })}>
              {keepLabel ?? t('keep')}
            </AlertDialog.Close>
            <Button variant="danger" onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
