'use client'

import { startEdit } from '#lib/ai/api/start-edit'
import type { EditRequest } from '#lib/contract/edit/edit-request'
import { message } from '#lib/messages/message'
import { useOneStart } from './use-one-start.ts'

/** Sends edits, one at a time. */
export function useStartEdit(onStarted: (fileId: string | undefined) => void) {
  return useOneStart<EditRequest>({
    send: startEdit,
    startedMessage: ({ edit }) => message(`edits.started.${edit.operation}`),
    onStarted,
  })
}
