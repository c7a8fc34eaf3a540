'use client'

import { clsx } from 'clsx'
import {
  EllipsisIcon,
  FolderIcon,
  FolderPlusIcon,
  LibraryBigIcon,
  StarIcon,
  Trash2Icon,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { MenuButton } from '#components/ui/overlay/menu-button'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { CollectionView } from '#lib/contract/library/library'
import { useFormat } from '#lib/messages/use-say'
import { isPlainClick } from '../../page-link.tsx'
import { type LibraryAddress, addressText } from '../address.ts'

export interface SideListProps {
  address: LibraryAddress
  collections: readonly CollectionView[]
  onGo: (address: LibraryAddress) => void
  onNew: () => void
  onRename: (collection: CollectionView) => void
  onDelete: (collection: CollectionView) => void
}

/** The places of the library: all of it, what is starred, the collections, the trash. */
export function SideList(props: SideListProps) {
  const { address, collections, onGo, onNew } = props
  const t = useTranslations('library')
  const isAll = !address.starred && !address.collection && !address.trash
  return (
    <nav aria-label={t('places')} className="space-y-0.5">
      <PlaceLink to={{}} isCurrent={isAll} onGo={onGo} icon={<LibraryBigIcon />}>
        {t('everything')}
      </PlaceLink>
      <PlaceLink
        to={{ starred: true }}
        isCurrent={!!address.starred}
        onGo={onGo}
        icon={<StarIcon />}
      >
        {t('starredItems')}
      </PlaceLink>
      {collections.map((collection) => (
        <CollectionPlace key={collection.id} collection={collection} {...props} />
      ))}
      <PlaceLink to={{ trash: true }} isCurrent={!!address.trash} onGo={onGo} icon={<Trash2Icon />}>
        {t('trash')}
      </PlaceLink>
      <Button size="small" variant="quiet" className="mt-2" onClick={onNew}>
        <FolderPlusIcon aria-hidden="true" />
        <span>{t('collection.new')}</span>
      </Button>
    </nav>
  )
}

interface CollectionPlaceProps extends SideListProps {
  collection: CollectionView
}

function CollectionPlace(props: CollectionPlaceProps) {
  const { collection, address, onGo, onRename, onDelete } = props
  const t = useTranslations('library.collection')
  const { number } = useFormat()
  const { id, name, count } = collection
  return (
    <div className="flex items-center">
      <PlaceLink
        to={{ collection: id }}
        isCurrent={address.collection === id}
        onGo={onGo}
        icon={<FolderIcon />}
        aside={number(count)}
      >
        {name}
      </PlaceLink>
      <MenuButton
        label={t('actions', { name })}
        items={[
          { label: t('rename'), onSelect: () => onRename(collection) },
          { label: t('delete'), onSelect: () => onDelete(collection) },
        ]}
      >
        <EllipsisIcon />
      </MenuButton>
    </div>
  )
}

interface PlaceLinkProps {
  to: LibraryAddress
  isCurrent: boolean
  onGo: (address: LibraryAddress) => void
  icon: ReactNode
  aside?: string
  children: string
}

function PlaceLink({ to, isCurrent, onGo, icon, aside, children }: PlaceLinkProps) {
  return (
    <a
      href={withBasePath(`/library${addressText(to)}`)}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={(event) => {
        if (!isPlainClick(event)) return
        event.preventDefault()
        onGo(to)
      }}
      className={clsx(
        'flex min-h-9 min-w-0 flex-1 items-center gap-2.5 rounded-md border-l-2 px-2.5 text-sm touch:min-h-11 [&_svg]:size-4 [&_svg]:shrink-0',
        isCurrent
          ? 'border-signal font-medium text-ink'
          : 'border-transparent text-soft hover:bg-ink/7 hover:text-ink',
      )}
    >
      <span aria-hidden="true">{icon}</span>
      <span dir="auto" className="min-w-0 flex-1 truncate">
        {children}
      </span>
      {aside && <span className="font-mono text-tiny text-soft tabular-nums">{aside}</span>}
    </a>
  )
}
