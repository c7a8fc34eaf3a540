'use client'

import dynamic from 'next/dynamic'
import type { useDeletion } from '../hooks/use-deletion.ts'

const DeleteDialog = dynamic(() =>
  import('#components/video/actions/delete-dialog').then((module) => module.DeleteDialog),
)

/** The studio's question before a video is deleted; its code is fetched when it is first asked. */
export function DeleteVideoDialog({ deletion }: { deletion: ReturnType<typeof useDeletion> }) {
  const { subject, isOpen, close, confirm } = deletion
  if (!subject) return null
  return (
    <DeleteDialog
      deletion={subject}
      isOpen={isOpen}
      onConfirm={() => confirm(subject)}
      onClose={close}
    />
  )
}
