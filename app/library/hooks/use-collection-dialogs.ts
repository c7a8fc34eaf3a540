'use client'

import { deleteCollection, makeCollection, renameCollection } from '#lib/ai/api/people/library'
import type { CollectionView } from '#lib/contract/library/library'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { type Sentence, message } from '#lib/messages/message'
import { reportFailure } from '../../hooks/report-failure.ts'
import { useDialog } from '../../hooks/use-dialog.ts'
import type { LibraryAddress } from '../address.ts'
import type { LibraryActions } from './use-library-actions.ts'

interface CollectionDialogsOptions {
  address: LibraryAddress
  go: (address: LibraryAddress) => void
  reload: () => void
  actions: LibraryActions
  announce: (sentence: Sentence) => void
}

/** What is asked to make, rename and delete a collection. */
export function useCollectionDialogs(options: CollectionDialogsOptions) {
  const { address, go, reload, actions, announce } = options
  const naming = useDialog<{ collection?: CollectionView; items: readonly ShelfItem[] }>()
  const deletion = useDialog<CollectionView>()
  const save = async (name: string) => {
    const { collection, items = [] } = naming.subject ?? {}
    if (collection) await renameCollection(collection.id, name)
    else {
      const made = await makeCollection(name)
      if (items.length > 0) await actions.addTo(items, made)
      else announce(message('library.collection.made', { name }))
    }
    naming.close()
    reload()
  }
  const remove = (collection: CollectionView) => {
    deletion.close()
    const act = async () => {
      await deleteCollection(collection.id)
      reload()
      announce(message('library.collection.deleted', { name: collection.name }))
      if (address.collection === collection.id) go({})
    }
    void reportFailure(act(), announce)
  }
  return {
    naming,
    deletion,
    save,
    remove,
    /** A new one, with these items in it. */
    openNew: (items: readonly ShelfItem[]) => naming.open({ items }),
    openRename: (collection: CollectionView) => naming.open({ collection, items: [] }),
  }
}
