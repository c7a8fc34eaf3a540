import { showToast } from '#components/ui/toast/show-toast'
import { changeItems, deleteItems, emptyTrash } from '#lib/ai/api/people/library'
import type { LibraryChanged } from '#lib/contract/library/library'
import { withItemsBack } from '#lib/delivery/library/shelf'
import { message } from '#lib/messages/message'
import { type ActionTools, type Items, idsOf } from './action-tools.ts'

/** Into the trash, out of it, and away for good. */
export function trashActions(tools: ActionTools) {
  const { shelf, tell, run, takeOut } = tools
  const untrash = (ids: string[], before: Items) =>
    run(async () => {
      const { changed } = await changeItems({ ids, trash: false })
      shelf.change((known) => withItemsBack(known, before, new Set(changed)))
      shelf.reload()
      tell(message('library.restored', { count: changed.length }))
    })
  return {
    trash: (items: Items) =>
      run(async () => {
        const before = shelf.items
        const done = await changeItems({ ids: idsOf(items), trash: true })
        const { changed } = done
        takeOut(changed)
        tellBusy(done, tools)
        const undo = () => void untrash(changed, before)
        if (changed.length > 0) tell(message('library.trashed', { count: changed.length }), undo)
      }),
    restore: (items: Items) =>
      run(async () => {
        const { changed } = await changeItems({ ids: idsOf(items), trash: false })
        takeOut(changed)
        tell(message('library.restored', { count: changed.length }))
      }),
    deleteForGood: (items: Items) =>
      run(async () => {
        const done = await deleteItems(idsOf(items))
        takeOut(done.changed)
        tellBusy(done, tools)
        tell(message('library.deleted', { count: done.changed.length }))
      }),
    emptyTrash: () =>
      run(async () => {
        const count = await emptyTrash()
        shelf.change((known) => ({ ...known, items: [], nextCursor: null }))
        shelf.reload()
        tell(message('library.deleted', { count }))
      }),
  }
}

/** What is being made stays: it can be canceled first. */
function tellBusy({ busy }: LibraryChanged, { announce }: ActionTools) {
  if (busy.length === 0) return
  const title = message('library.busy', { count: busy.length })
  showToast({ kind: 'info', title, id: 'library-busy' })
  announce(title)
}
