'use client'

import dynamic from 'next/dynamic'
import type { StudioActions } from './use-studio-actions.ts'

const LargeView = dynamic(() => import('./large-view.tsx').then((file) => file.LargeView))
const DeleteDialog = dynamic(() => import('./delete-dialog.tsx').then((file) => file.DeleteDialog))

/** The dialogs of the studio; their code is fetched when one is first opened. */
export function StudioDialogs({ actions }: { actions: StudioActions }) {
  const { handlers, largeView, deletion, confirmDeletion } = actions
  return (
    <>
      {largeView.subject && (
        <LargeView
          view={largeView.subject}
          isOpen={largeView.isOpen}
          handlers={handlers}
          onClose={largeView.close}
        />
      )}
      {deletion.subject && (
        <DeleteDialog
          deletion={deletion.subject}
          isOpen={deletion.isOpen}
          onConfirm={confirmDeletion}
          onClose={deletion.close}
        />
      )}
    </>
  )
}
