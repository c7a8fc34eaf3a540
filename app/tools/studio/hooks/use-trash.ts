'use client'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import { loadPart } from '#lib/contract/problem'
import type { useHistory } from '#lib/delivery/use-history'
import { type Sentence, message } from '#lib/messages/message'
import { tellMoved } from '../../../hooks/tell-moved.ts'

interface TrashOptions {
  kind: MediaType
  history: ReturnType<typeof useHistory>
  /** Waits for an action, and tells where it failed. */
  run: (action: Promise<unknown>) => Promise<void>
  announce: (sentence: Sentence) => void
}

/** Takes finished files out of the history into the trash, with a way back. */
export function useTrash({ kind, history, run, announce }: TrashOptions) {
  const tell = (title: Sentence, undo?: () => void) => tellMoved(title, announce, undo)
  const restore = async (ids: string[], views: readonly FileView[]) => {
    const { changeItems } = await library()
    const { changed } = await changeItems({ ids, trash: false })
    history.putBack(views)
    history.reload()
    tell(message('library.restored', { count: changed.length }))
  }
  const away = (isMeant: (view: FileView) => boolean, ids: string[]) => {
    const views = history.files.filter(isMeant)
    history.remove(isMeant)
    if (ids.length === 0) return
    const title = message('library.trashed', { count: ids.length })
    tell(title, () => void run(restore(ids, views)))
  }
  const trashOne = async (fileId: string) => {
    const { changeItems } = await library()
    const { changed } = await changeItems({ ids: [fileId], trash: true })
    away(({ id }) => id === fileId, changed)
  }
  const trashAll = async () => {
    const { trashFinished } = await library()
    away(isFinal, await trashFinished(kind))
  }
  return {
    trashOne: (fileId: string) => run(trashOne(fileId)),
    trashFinished: () => run(trashAll()),
  }
}

/** Needed with the first deletion only. */
function library() {
  return loadPart(import('#lib/ai/api/people/library'))
}
