'use client'

import { useState } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { changeItems, zipOf } from '#lib/ai/api/people/library'
import { type LibraryChange, zipItemsAtMost } from '#lib/contract/library/library'
import { withChange, withoutItems } from '#lib/delivery/library/shelf'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import type { useShelf } from '#lib/delivery/library/use-shelf'
import { type Sentence, message } from '#lib/messages/message'
import { reportFailure } from '../../hooks/report-failure.ts'
import { type ActionTools, type Items, idsOf } from './action-tools.ts'
import { trashActions } from './trash-actions.ts'

interface ActionsOptions {
  shelf: ReturnType<typeof useShelf>
  /** Reads the collections again. */
  reload: () => void
  announce: (sentence: Sentence) => void
  /** Called once items have left the page. */
  onGone: (ids: ReadonlySet<string>) => void
}

type Named = { id: string; name: string }

/** What is done to items of the library, each with its toast and its words for a screen reader. */
export function useLibraryActions({ shelf, reload, announce, onGone }: ActionsOptions) {
  const [isBusy, setIsBusy] = useState(false)
  const tools: ActionTools = {
    shelf,
    announce,
    tell: (title, undo) => {
      showDone(title, undo)
      announce(title)
    },
    run: async (act) => {
      setIsBusy(true)
      await reportFailure(act(), announce)
      setIsBusy(false)
      reload()
    },
    takeOut: (ids) => {
      const gone = new Set(ids)
      shelf.change((known) => withoutItems(known, gone))
      onGone(gone)
    },
  }
  return { isBusy, ...trashActions(tools), ...shelfActions(tools), ...zipAction(tools) }
}

export type LibraryActions = ReturnType<typeof useLibraryActions>

const undoMs = 10_000

function showDone(title: Sentence, undo: (() => void) | undefined) {
  const action = undo && { label: message('library.undo'), onClick: undo }
  const withUndo = action && { action, durationMs: undoMs }
  showToast({ kind: 'success', title, id: 'library', ...withUndo })
}

/** Stars and collections. */
function shelfActions({ shelf, announce, tell, run, takeOut }: ActionTools) {
  const change = async (
    items: Items,
    part: Omit<LibraryChange, 'ids'>,
    shown: (item: ShelfItem) => Partial<ShelfItem>,
  ) => {
    const { changed } = await changeItems({ ids: idsOf(items), ...part })
    shelf.change((known) => withChange(known, new Set(changed), shown))
    return changed
  }
  return {
    star: (items: Items, isStarred: boolean) =>
      run(async () => {
        const changed = await change(items, { star: isStarred }, () => ({ isStarred }))
        const key = isStarred ? 'library.starred' : 'library.unstarred'
        announce(message(key, { count: changed.length }))
      }),
    addTo: (items: Items, { id, name }: Named) =>
      run(async () => {
        const changed = await change(items, { addTo: id }, (item) => ({
          collections: [...new Set([...item.collections, id])],
        }))
        tell(message('library.added', { count: changed.length, name }))
      }),
    /** They leave the page where it shows that collection. */
    removeFrom: (items: Items, { id, name }: Named) =>
      run(async () => {
        const changed = await change(items, { removeFrom: id }, (item) => ({
          collections: item.collections.filter((one) => one !== id),
        }))
        takeOut(changed)
        tell(message('library.removed', { count: changed.length, name }))
      }),
  }
}

function zipAction({ announce, tell, run }: ActionTools) {
  return {
    zip: (items: Items) =>
      run(async () => {
        if (items.length > zipItemsAtMost) {
          const title = message('library.zipTooMany', { most: zipItemsAtMost })
          showToast({ kind: 'error', title })
          announce(title)
          return
        }
        const { url, name, count, bytes } = await zipOf(idsOf(items))
        download(url, name)
        tell(message('library.zipping', { count, size: { bytes } }))
      }),
  }
}

function download(url: string, name: string) {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}
