'use client'

import type { FileView } from '#lib/contract/file-view'
import { deleteFile } from '#lib/delivery/file-actions'
import { lookNow } from '#lib/delivery/file-store'
import { attempt } from '../../hooks/attempt.ts'
import { useDialog } from '../../hooks/use-dialog.ts'
import type { Conversation } from './use-conversation.ts'

interface DeletionOptions {
  session: Conversation['session']
  announce: (sentence: string) => void
  /** It is about to be gone. */
  onDelete: (fileId: string) => void
}

/** Deletes a video of the chat once the user has confirmed it; its place in the conversation stays. */
export function useDeletion({ session, announce, onDelete }: DeletionOptions) {
  const dialog = useDialog<FileView>()
  const remove = async (fileId: string) => {
    await deleteFile(fileId)
    announce('Deleted.')
    lookNow(fileId)
    await session.sync()
  }
  const confirm = (view: FileView) => {
    dialog.close()
    onDelete(view.id)
    void attempt(remove(view.id), announce)
    // What had the focus is about to be gone.
    setTimeout(() => document.getElementById('message')?.focus())
  }
  return { ...dialog, confirm }
}
