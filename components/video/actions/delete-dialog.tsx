'use client'

import { useTranslations } from 'next-intl'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import type { FileView } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'

/** One video or image, or all finished ones. */
export type Deletion = FileView | 'finished'

interface DeleteDialogProps {
  deletion: Deletion
  /** Of what all finished ones are deleted. */
  kind?: MediaType
  isOpen: boolean
  onConfirm: (deletion: Deletion) => void
  onClose: () => void
}

/** Asks before anything is deleted: there is no undo. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { deletion, kind = 'video', isOpen, onConfirm, onClose } = props
  const t = useTranslations('card')
  const isOne = deletion !== 'finished'
  const prompt = isOne && <bdi>{deletion.settings.prompt}</bdi>
  return (
    <ConfirmDialog
      title={isOne ? t('delete.one', { kind: deletion.type }) : t('delete.all', { kind })}
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
