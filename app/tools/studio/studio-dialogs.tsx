'use client'

import { lazyPart } from '#components/ui/lazy-part'
import { CardBoundary } from '#components/ui/card-boundary'
import type { StudioActions } from './actions/use-studio-actions.ts'

const LargeView = lazyPart(() => import('./history/large-view.tsx').then((file) => file.LargeView))
const DeleteDialog = lazyPart(() =>
  import('#components/video/actions/delete-dialog').then((file) => file.DeleteDialog),
)
const AgainDialog = lazyPart(() =>
  import('../edit/again/again-dialog.tsx').then((file) => file.AgainDialog),
)
const ShareDialog = lazyPart(() =>
  import('./share/share-dialog.tsx').then((file) => file.ShareDialog),
)

const TemplatesDialog = lazyPart(() =>
  import('./templates/templates-dialog.tsx').then((file) => file.TemplatesDialog),
)
const SavedTemplate = lazyPart(() =>
  import('./templates/saved-template.tsx').then((file) => file.SavedTemplate),
)

const boundaryStyle = 'fixed inset-x-3 bottom-3 z-60 bg-raised pr-4'

/** The dialogs of the studio; their code is fetched when one is first opened. */
export function StudioDialogs({ actions }: { actions: StudioActions }) {
  const { makes, handlers, largeView, deletion, sharing, making, templates, confirmDeletion } =
    actions
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
      {making.subject && (
        <AgainDialog
          key={making.subject.id}
          view={making.subject}
          isOpen={making.isOpen}
          onClose={making.close}
        />
      )}
      {sharing.subject && (
        <ShareDialog view={sharing.subject} isOpen={sharing.isOpen} onClose={sharing.close} />
      )}
      <TemplateDialogs templates={templates} />
      {deletion.subject && (
        <DeleteDialog
          kind={makes}
          isOpen={deletion.isOpen}
          onConfirm={confirmDeletion}
          onClose={deletion.close}
        />
      )}
    </CardBoundary>
  )
}

function TemplateDialogs({ templates }: Pick<StudioActions, 'templates'>) {
  const { browsing, saving } = templates
  return (
    <>
      {browsing.subject && (
        <TemplatesDialog
          form={templates.form}
          models={templates.models}
          onUse={templates.use}
          announce={templates.announce}
          isOpen={browsing.isOpen}
          onClose={browsing.close}
        />
      )}
      {saving.subject && (
        <SavedTemplate
          draft={saving.subject}
          isOpen={saving.isOpen}
          announce={templates.announce}
          onClose={saving.close}
        />
      )}
    </>
  )
}
