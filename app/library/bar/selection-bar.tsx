'use client'

import {
  ColumnsIcon,
  DownloadIcon,
  FolderMinusIcon,
  FolderPlusIcon,
  MergeIcon,
  StarIcon,
  StarOffIcon,
  Trash2Icon,
  Undo2Icon,
  XIcon,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, IconButton } from '#components/ui/button'
import { MenuButton } from '#components/ui/overlay/menu-button'
import { useEscape } from '#components/ui/overlay/use-escape.ts'
import type { CollectionView } from '#lib/contract/library/library'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { canJoin } from '../../tools/edit/edited-film.ts'
import type { LibraryActions } from '../hooks/use-library-actions.ts'

interface SelectionBarProps {
  items: readonly ShelfItem[]
  isTrash: boolean
  /** The one that is shown. */
  collection: CollectionView | undefined
  collections: readonly CollectionView[]
  actions: LibraryActions
  onNewCollection: () => void
  onCompare: () => void
  onJoin: () => void
  onDelete: () => void
  onEnd: () => void
}

/** What can be done to what is selected. */
export function SelectionBar(props: SelectionBarProps) {
  const { items, isTrash, onEnd } = props
  const t = useTranslations('library')
  useEscape(onEnd, { isMeant: isOfPage })
  return (
    <section
      data-selection
      aria-label={t('selected', { count: items.length })}
      className="fixed inset-x-0 bottom-0 z-30 border-t border-hairline bg-raised px-3 py-2 shadow-[0_-1rem_3rem_-1rem_var(--color-veil)] sm:inset-x-auto sm:bottom-4 sm:left-1/2 sm:-translate-x-1/2 sm:rounded-lg sm:border"
    >
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1 pb-[env(safe-area-inset-bottom)]">
        <IconButton label={t('endSelection')} onClick={onEnd}>
          <XIcon />
        </IconButton>
        <span className="mr-auto px-1 text-sm whitespace-nowrap tabular-nums sm:mr-2">
          {t('selected', { count: items.length })}
        </span>
        {isTrash ? <TrashActions {...props} /> : <ItemActions {...props} />}
      </div>
    </section>
  )
}

/** The page itself: in a dialog, a menu or a field Escape has a meaning of its own. */
function isOfPage(target: Element) {
  const isHere = target === document.body || target.closest('main, [data-selection]') !== null
  return isHere && !target.closest('input, select, [role=menu]')
}

function ItemActions({ items, actions, onCompare, onJoin, ...props }: SelectionBarProps) {
  const t = useTranslations('library')
  const joinLabel = useTranslations('edits')('join.open')
  const isStarred = items.every((item) => item.isStarred)
  const canCompare =
    items.length === 2 && items.every(({ status, url }) => status === 'completed' && url)
  const withMedia = items.filter(({ url }) => url)
  return (
    <>
      <BarAction
        label={t(isStarred ? 'unstarAll' : 'starAll')}
        isBusy={actions.isBusy}
        onClick={() => void actions.star(items, !isStarred)}
      >
        {isStarred ? <StarOffIcon /> : <StarIcon />}
      </BarAction>
      <CollectionActions items={items} actions={actions} {...props} />
      {withMedia.length > 0 && (
        <BarAction
          label={t('zip')}
          isBusy={actions.isBusy}
          onClick={() => void actions.zip(withMedia)}
        >
          <DownloadIcon />
        </BarAction>
      )}
      {canJoin(items) && (
        <BarAction label={joinLabel} onClick={onJoin}>
          <MergeIcon />
        </BarAction>
      )}
      {canCompare && (
        <BarAction label={t('compare.open')} onClick={onCompare}>
          <ColumnsIcon />
        </BarAction>
      )}
      <BarAction
        label={t('toTrash')}
        isBusy={actions.isBusy}
        onClick={() => void actions.trash(items)}
      >
        <Trash2Icon />
      </BarAction>
    </>
  )
}

type CollectionActionsProps = Pick<
  SelectionBarProps,
  'items' | 'collection' | 'collections' | 'actions' | 'onNewCollection'
>

function CollectionActions(props: CollectionActionsProps) {
  const { items, collection, collections, actions, onNewCollection } = props
  const t = useTranslations('library')
  const places = collections.map((one) => ({
    label: one.name,
    onSelect: () => void actions.addTo(items, one),
  }))
  return (
    <>
      <MenuButton
        label={t('collection.add')}
        items={[{ label: t('collection.newWithThese'), onSelect: onNewCollection }, ...places]}
      >
        <FolderPlusIcon />
      </MenuButton>
      {collection && (
        <BarAction
          label={t('collection.remove')}
          isBusy={actions.isBusy}
          onClick={() => void actions.removeFrom(items, collection)}
        >
          <FolderMinusIcon />
        </BarAction>
      )}
    </>
  )
}

function TrashActions({ items, actions, onDelete }: SelectionBarProps) {
  const t = useTranslations('library')
  return (
    <>
      <Button
        size="small"
        aria-disabled={actions.isBusy}
        onClick={() => !actions.isBusy && void actions.restore(items)}
      >
        <Undo2Icon />
        <span>{t('restore')}</span>
      </Button>
      <Button size="small" variant="danger" onClick={onDelete}>
        {t('deleteForGood')}
      </Button>
    </>
  )
}

interface BarActionProps {
  label: string
  isBusy?: boolean
  onClick: () => void
  children: ReactNode
}

function BarAction({ label, isBusy = false, onClick, children }: BarActionProps) {
  return (
    <IconButton label={label} aria-disabled={isBusy} onClick={() => !isBusy && onClick()}>
      {children}
    </IconButton>
  )
}
