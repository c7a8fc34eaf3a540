'use client'

import { useTranslations } from 'next-intl'
import { Suspense } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { LiveRegion } from '#components/ui/live-region'
import { useConnection } from '#lib/delivery/use-connection'
import { RoomHeader } from '../room-header.tsx'
import { FilterBar } from './bar/filter-bar.tsx'
import { SearchField } from './bar/search-field.tsx'
import { SelectionBar } from './bar/selection-bar.tsx'
import { Summary } from './bar/summary.tsx'
import { PlacesButton, PlacesSide } from './collections/places.tsx'
import { LibraryGrid } from './grid/library-grid.tsx'
import { type LibraryState, useLibrary } from './hooks/use-library.ts'
import { ImportButton } from './imports/import-button.tsx'
import { ImportList } from './imports/import-list.tsx'
import { LibraryDialogs } from './library-dialogs.tsx'
import { ShelfState } from './shelf-state.tsx'

/** Everything of the user in one place: videos, images and uploads. */
export function LibraryScreen() {
  const t = useTranslations('library')
  const connection = useConnection()
  return (
    <>
      <RoomHeader
        room="library"
        skip={{ href: '#library', words: t('skip') }}
        status={connection}
      />
      {/* The address is read in the browser. */}
      <Suspense>
        <Library />
      </Suspense>
    </>
  )
}

function Library() {
  const library = useLibrary()
  const { naming, actions, dialogs, announceText } = library
  return (
    <>
      <main id="library" tabIndex={-1} className="px-4 pt-6 pb-28 lg:flex lg:gap-8 lg:px-6 xl:px-8">
        <PlacesSide {...placesOf(library)} />
        <div className="min-w-0 flex-1">
          <Bars library={library} />
          <Items library={library} />
        </div>
      </main>
      <Selected library={library} />
      <LibraryDialogs dialogs={dialogs} naming={naming} actions={actions} announce={announceText} />
      <LiveRegion announcement={library.announcement} />
    </>
  )
}

interface PartProps {
  library: LibraryState
}

function placesOf({ address, go, collections, naming }: LibraryState) {
  return {
    address,
    collections,
    onGo: go,
    onNew: () => naming.openNew([]),
    onRename: naming.openRename,
    onDelete: naming.deletion.open,
  }
}

/** What is looked for, what is on its way in, and what all that is found weighs. */
function Bars({ library }: PartProps) {
  const { address, go, change, imports, shelf, selection, dialogs } = library
  return (
    <>
      <div className="mb-5 flex flex-wrap items-stretch gap-2">
        <SearchField
          value={address.q ?? ''}
          onSearch={(q, isSameStep) => go({ ...address, q }, isSameStep)}
        />
        <PlacesButton {...placesOf(library)} />
        <FilterBar address={address} change={change} />
        <ImportButton onFiles={imports.add} />
      </div>
      <ImportList imports={imports} />
      <Summary
        title={useTitle(library)}
        weight={shelf.weight}
        isTrash={!!address.trash}
        canSelect={shelf.items.length > 0}
        onSelectAll={selection.selectAll}
        onEmptyTrash={dialogs.emptying.open}
      />
    </>
  )
}

function useTitle({ address, collection }: LibraryState) {
  const t = useTranslations('library')
  if (address.trash) return t('trash')
  if (address.collection) return collection?.name ?? t('collection.unknown')
  return address.starred ? t('starredItems') : t('everything')
}

function Items({ library }: PartProps) {
  const { shelf, address, go, selection, dialogs, actions } = library
  return (
    <>
      <ShelfState shelf={shelf} address={address} go={go} />
      <CardBoundary>
        <div className={shelf.isStale ? 'opacity-50' : undefined}>
          <LibraryGrid
            items={shelf.items}
            total={shelf.weight?.count}
            selected={selection.ids}
            onNearEnd={shelf.loadMore}
            actions={{
              onOpen: dialogs.open,
              onSelect: selection.select,
              onStar: (item) => void actions.star([item], !item.isStarred),
              onSelectAll: selection.selectAll,
              onEnd: selection.end,
            }}
          />
        </div>
      </CardBoundary>
    </>
  )
}

function Selected({ library }: PartProps) {
  const { selection, address, collection, collections, actions, naming, dialogs } = library
  if (selection.items.length === 0) return null
  return (
    <SelectionBar
      items={selection.items}
      isTrash={!!address.trash}
      collection={collection}
      collections={collections}
      actions={actions}
      onNewCollection={() => naming.openNew(selection.items)}
      onCompare={() => dialogs.compare(selection.items)}
      onJoin={() => dialogs.joining.open(selection.items)}
      onDelete={() => dialogs.deletion.open(selection.items)}
      onEnd={selection.end}
    />
  )
}
