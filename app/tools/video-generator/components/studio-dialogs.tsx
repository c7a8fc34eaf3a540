'use client'

import { lazyPart } from '#components/ui/lazy-part'
import { CardBoundary } from '#components/ui/card-boundary'
import type { StudioActions } from './actions/use-studio-actions.ts'

const LargeView = lazyPart(() => import('./history/large-view.tsx').then((file) => file.LargeView))
const DeleteDialog = lazyPart(() =>
  import('#components/video/actions/delete-dialog').then((file) => file.DeleteDialog),
)

const boundaryStyle = 'fixed inset-x-3 bottom-3 z-60 bg-raised pr-4'

/** The dialogs of the studio; their code is fetched when one is first opened. */
export function StudioDialogs({ actions }: { actions: StudioActions }) {
  const { handlers, largeView, deletion, confirmDeletion } = actions
  return (
    <CardBoundary className={boundaryStyle}>
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
    </CardBoundary>
  )
}
