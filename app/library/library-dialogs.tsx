'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { CardBoundary } from '#components/ui/card-boundary'
import { lazyPart } from '#components/ui/lazy-part'
import { leaveTo } from '#components/ui/overlay/back-closes.ts'
import type { FileView } from '#lib/contract/file-view'
import { hasSource } from '#lib/contract/generation'
import { useDialog } from '../hooks/use-dialog.ts'
import { filmsOf } from '../tools/edit/edited-film.ts'
import type { useCollectionDialogs } from './hooks/use-collection-dialogs.ts'
import type { LibraryActions } from './hooks/use-library-actions.ts'
import type { LibraryDialogState } from './hooks/use-library-dialogs.ts'

const ItemView = lazyPart(() => import('./large/item-view.tsx').then((file) => file.ItemView))
const CompareDialog = lazyPart(() =>
  import('./compare/compare-dialog.tsx').then((file) => file.CompareDialog),
)
const AgainDialog = lazyPart(() =>
  import('../tools/edit/again/again-dialog.tsx').then((file) => file.AgainDialog),
)
const JoinDialog = lazyPart(() =>
  import('../tools/edit/join-dialog.tsx').then((file) => file.JoinDialog),
)
const NameDialog = lazyPart(() =>
  import('./collections/collection-dialogs.tsx').then((file) => file.NameDialog),
)
const DeleteCollection = lazyPart(() =>
  import('./collections/collection-dialogs.tsx').then((file) => file.DeleteCollection),
)
const ConfirmDialog = lazyPart(() =>
  import('#components/ui/overlay/confirm-dialog').then((file) => file.ConfirmDialog),
)

interface LibraryDialogsProps {
  dialogs: LibraryDialogState
  naming: ReturnType<typeof useCollectionDialogs>
  actions: LibraryActions
  announce: (sentence: string) => void
}

/** The dialogs of the library; their code is fetched when one is first opened. */
export function LibraryDialogs({ dialogs, naming, actions, announce }: LibraryDialogsProps) {
  const router = useRouter()
  const { item, isOpen, onPrevious, onNext, close, comparing } = dialogs
  const making = useMaking()
  const reuse = (view: FileView) => {
    if (hasSource(view)) return making.open(view)
    leaveTo(reuseAddress(view), router)
  }
  return (
    <CardBoundary className="fixed inset-x-3 bottom-3 z-60 bg-raised pr-4">
      {item && (
        <ItemView
          item={item}
          isOpen={isOpen}
          onPrevious={onPrevious}
          onNext={onNext}
          onReuse={reuse}
          onTrash={(trashed) => {
            close()
            void actions.trash([trashed])
          }}
          announce={announce}
          onClose={close}
        />
      )}
      <Making making={making} />
      {comparing.subject && (
        <CompareDialog
          pair={comparing.subject}
          isOpen={comparing.isOpen}
          onClose={comparing.close}
        />
      )}
      {dialogs.joining.subject && (
        <JoinDialog
          films={filmsOf(dialogs.joining.subject)}
          isOpen={dialogs.joining.isOpen}
          onClose={dialogs.joining.close}
        />
      )}
      <Questions dialogs={dialogs} actions={actions} />
      <CollectionQuestions naming={naming} />
    </CardBoundary>
  )
}

/** Has something made again of the videos it was made of. */
function Making({ making: { subject, isOpen, close } }: { making: ReturnType<typeof useMaking> }) {
  if (!subject) return null
  return <AgainDialog key={subject.id} view={subject} isOpen={isOpen} onClose={close} />
}

const useMaking = () => useDialog<FileView>()

/** Asks before something is gone for good. */
function Questions({ dialogs, actions }: Pick<LibraryDialogsProps, 'dialogs' | 'actions'>) {
  const t = useTranslations('library')
  const { deletion, emptying } = dialogs
  return (
    <>
      {deletion.subject && (
        <ConfirmDialog
          title={t('deleteTitle', { count: deletion.subject.length })}
          description={t('deleteNote')}
          action={t('deleteForGood')}
          isOpen={deletion.isOpen}
          onConfirm={() => {
            deletion.close()
            void actions.deleteForGood(deletion.subject!)
          }}
          onClose={deletion.close}
        />
      )}
      {emptying.subject && (
        <ConfirmDialog
          title={t('emptyTitle')}
          description={t('deleteNote')}
          action={t('emptyTrash')}
          isOpen={emptying.isOpen}
          onConfirm={() => {
            emptying.close()
            void actions.emptyTrash()
          }}
          onClose={emptying.close}
        />
      )}
    </>
  )
}

function CollectionQuestions({ naming }: Pick<LibraryDialogsProps, 'naming'>) {
  const { naming: named, deletion, save, remove } = naming
  return (
    <>
      {named.subject && (
        <NameDialog
          collection={named.subject.collection}
          isOpen={named.isOpen}
          onSave={save}
          onClose={named.close}
        />
      )}
      {deletion.subject && (
        <DeleteCollection
          collection={deletion.subject}
          isOpen={deletion.isOpen}
          onConfirm={() => remove(deletion.subject!)}
          onClose={deletion.close}
        />
      )}
    </>
  )
}

/** Where the composer is filled with the settings of an item. */
function reuseAddress({ id, kind }: FileView) {
  const tool = kind === 'image' ? 'image-generator' : 'video-generator'
  return `/tools/${tool}?reuse=${id}`
}
