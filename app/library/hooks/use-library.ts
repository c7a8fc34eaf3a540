'use client'

import { useCallback } from 'react'
import useSWR from 'swr'
import { useAnnouncer } from '#components/ui/live-region'
import { readCollections } from '#lib/ai/api/people/library'
import type { CollectionView } from '#lib/contract/library/library'
import { useShelf } from '#lib/delivery/library/use-shelf'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { queryOf } from '../address.ts'
import { useImports } from '../imports/use-imports.ts'
import { useAddress } from './use-address.ts'
import { useCollectionDialogs } from './use-collection-dialogs.ts'
import { useLibraryActions } from './use-library-actions.ts'
import { useLibraryDialogs } from './use-library-dialogs.ts'
import { useSelection } from './use-selection.ts'

/** All of the page of the library: what its address asks for, what is selected and open, and what can be done. */
export function useLibrary() {
  const say = useSay()
  const [announcement, announceText] = useAnnouncer()
  const announce = useCallback(
    (sentence: Sentence) => announceText(say(sentence)),
    [announceText, say],
  )
  const { address, go, change } = useAddress()
  const shelf = useShelf(queryOf(address))
  const { collections, reload } = useCollections()
  const selection = useSelection(shelf.items, announce)
  const actions = useLibraryActions({ shelf, reload, announce, onGone: selection.forget })
  const dialogs = useLibraryDialogs(shelf.items, address.item)
  const naming = useCollectionDialogs({ address, go, reload, actions, announce })
  const imports = useImports({ announce, onImported: shelf.reload })
  return {
    announcement,
    announceText,
    address,
    go,
    change,
    shelf,
    collections,
    /** The one that is shown. */
    collection: collections.find(({ id }) => id === address.collection),
    selection,
    actions,
    dialogs,
    naming,
    imports,
  }
}

const none: CollectionView[] = []

/** The collections of the user, by name. */
function useCollections() {
  const { data, mutate } = useSWR('collections of the library', readCollections)
  return { collections: data ?? none, reload: () => void mutate() }
}

export type LibraryState = ReturnType<typeof useLibrary>
