'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import type { FileView } from '#lib/contract/file-view'

/** One video, or all finished ones. */
export type Deletion = FileView | 'finished'

interface DeleteDialogProps {
  deletion: Deletion
  isOpen: boolean
  onConfirm: (deletion: Deletion) => void
  onClose: () => void
}

/** Asks before videos are deleted: there is no undo. */
export function DeleteDialog({ deletion, isOpen, onConfirm, onClose }: DeleteDialogProps) {
  const t = useTranslations('card')
  const isOne = deletion !== 'finished'
  const prompt = isOne && <bdi>{deletion.settings.prompt}</bdi>
  return (
    <ConfirmDialog
      title={isOne ? t('delete.one') : t('delete.all')}
      description={
        <>
          {isOne && (
            <span className="mb-2 block">{t.rich('delete.prompt', { prompt: () => prompt })}</span>
          )}
          <span>{isOne ? t('delete.oneNote') : t('delete.allNote')}</span>
        </>
      }
      action={isOne ? t('action.delete') : t('delete.confirmAll')}
      isOpen={isOpen}
      onConfirm={() => onConfirm(deletion)}
      onClose={onClose}
    />
  )
}
