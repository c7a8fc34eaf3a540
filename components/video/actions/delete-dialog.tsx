'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import type { MediaType } from '#lib/contract/generation'

interface DeleteDialogProps {
  /** Of what all finished ones are deleted. */
  kind?: MediaType
  isOpen: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before all finished videos or images are deleted. */
export function DeleteDialog({ kind = 'video', isOpen, onConfirm, onClose }: DeleteDialogProps) {
  const t = useTranslations('card')
  return (
    <ConfirmDialog
      title={t('delete.all', { kind })}
      description={t('delete.allNote')}
      action={t('delete.confirmAll')}
      isOpen={isOpen}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
