'use client'

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
  const isOne = deletion !== 'finished'
  return (
    <ConfirmDialog
      title={isOne ? 'Delete this video?' : 'Clear all finished videos?'}
      description={
        <>
          {isOne && (
            <span>
              “<bdi>{deletion.settings.prompt}</bdi>”.{' '}
            </span>
          )}
          <span>
            {`${isOne ? 'Its' : 'Their'} file and its thumbnails are removed from this machine. There is no undo.`}
          </span>
        </>
      }
      action={isOne ? 'Delete' : 'Clear'}
      isOpen={isOpen}
      onConfirm={() => onConfirm(deletion)}
      onClose={onClose}
    />
  )
}
