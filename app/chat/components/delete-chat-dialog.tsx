'use client'

import dynamic from 'next/dynamic'
import type { ChatSummary } from '#lib/contract/chat-view'
import type { useDialog } from '../../hooks/use-dialog.ts'

const ConfirmDialog = dynamic(() =>
  import('#components/ui/overlay/confirm-dialog').then((module) => module.ConfirmDialog),
)

interface DeleteChatDialogProps {
  deletion: ReturnType<typeof useDialog<ChatSummary>>
  onConfirm: (chat: ChatSummary) => void
}

/** Asks before a chat is deleted, for there is no undo. */
export function DeleteChatDialog({ deletion, onConfirm }: DeleteChatDialogProps) {
  const { subject, isOpen, close } = deletion
  if (!subject) return null
  return (
    <ConfirmDialog
      title="Delete this chat?"
      description={`“${subject.title}” and its messages are removed. Its videos stay in your history. There is no undo.`}
      action="Delete"
      isOpen={isOpen}
      onConfirm={() => onConfirm(subject)}
      onClose={close}
    />
  )
}
