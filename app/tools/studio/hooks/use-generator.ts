'use client'
import { useCallback, useState } from 'react'
import { useAnnouncer } from '#components/ui/live-region'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { rememberView } from '#lib/delivery/file-store'
import { useConnection } from '#lib/delivery/use-connection'
import { useFile } from '#lib/delivery/use-file'
import { useHistory } from '#lib/delivery/use-history'
import { useSay } from '#lib/messages/use-say'
import type { Sentence } from '#lib/messages/message'
import { reportFailure } from '../../../hooks/report-failure.ts'
import { useMediaQuery } from '../../../hooks/use-media-query.ts'
import { generationStatusOf, stagedId } from './generation-status.ts'
import { type Start, showReuse, useStart } from './use-start.ts'
import { useTrash } from './use-trash.ts'

export interface GeneratorOptions<Request> {
  /** What it makes: its history holds these. */
  kind: MediaType
  /** Sends a request to the server. */
  start: Start<Request>
  /** What a link names: it is on the stage first. */
  linkedId: string | undefined
}

/**
 * Everything a studio does: start, follow, check, cancel, delete, and the history. Jobs continue without it; after a
 * reload the history lists the unfinished ones, and each is followed again.
 */
export function useGenerator<Request>({ kind, start, linkedId }: GeneratorOptions<Request>) {
  const say = useSay()
  const history = useHistory(kind)
  const connectionStatus = useConnection()
  const { current, currentId, pickedId, pick } = useStaged(history.files, linkedId)
  const { add } = history
  const onStarted = useCallback(
    (views: readonly FileView[]) => {
      for (const view of views.toReversed()) add(rememberView(view))
      pick(views[0]?.id)
      showReuse(views)
    },
    [add, pick],
  )
  const starting = useStart(start, onStarted)
  const [announcement, announce] = useAnnouncer()
  const tell = (says: Sentence) => announce(say(says))
  const run = (action: Promise<unknown>) => reportFailure(action, tell)
  const { trashOne, trashFinished } = useTrash({ kind, history, run, announce: tell })

  return {
    ...starting,
    ...pagesOf(history),
    ...commandsOf(run, currentId),
    generationStatus: generationStatusOf(current, starting, say),
    currentGeneration: current ?? null,
    isGenerating: starting.isStarting || (current !== undefined && !isFinal(current)),
    connectionStatus,
    isConnected: connectionStatus === 'connected',
    deleteOne: async (fileId: string) => {
      await trashOne(fileId)
      if (fileId === pickedId) pick(undefined)
    },
    deleteFinished: async () => {
      await trashFinished()
      if (current && isFinal(current)) pick(undefined)
    },
    viewOf: (fileId: string) => history.files.find(({ id }) => id === fileId) ?? current,
    pick,
    announce,
    announcement,
  }
}

export type Generator<Request> = ReturnType<typeof useGenerator<Request>>

/** What is on the stage; see `stagedId`. */
function useStaged(files: readonly FileView[], linkedId: string | undefined) {
  const [pickedId, pick] = useState(linkedId)
  const isPhone = useMediaQuery('(width < 64rem)')
  const [linkedBefore, setLinkedBefore] = useState(linkedId)
  // Another link was followed on this very page.
  if (linkedId !== linkedBefore) {
    setLinkedBefore(linkedId)
    if (linkedId) pick(linkedId)
  }
  // Nothing picked, as after a reload: the newest unfinished one is on the stage, and stays there when done.
  const unfinishedId = files.find((view) => !isFinal(view))?.id
  if (!pickedId && unfinishedId) pick(unfinishedId)
  const currentId = stagedId(files, { pickedId, isPhone })
  const initial = files.find((view) => view.id === currentId)
  const { file: current, gone } = useFile(currentId, initial)
  // A link to what is not there is as one to nothing.
  if (gone && pickedId && pickedId === linkedId) pick(undefined)
  return { current, currentId, pickedId, pick }
}

/** What can be asked of an unfinished generation. */
function commandsOf(
  run: (action: Promise<unknown>) => Promise<void>,
  currentId: string | undefined,
) {
  return {
    forceCheckResults: async (fileId = currentId) => {
      if (fileId) await run(checkFile(fileId))
    },
    cancel: (fileId: string) => run(cancelFile(fileId)),
    /** Submits again what may have been submitted: only a person may decide that, for it may be charged twice. */
    resubmit: (fileId: string) => run(resubmitFile(fileId)),
  }
}

function pagesOf({
  files,
  isLoading,
  error,
  trouble,
  hasMore,
  loadMore,
  reload,
}: ReturnType<typeof useHistory>) {
  return {
    generations: files,
    isLoadingHistory: isLoading,
    historyError: error,
    historyTrouble: trouble,
    reloadHistory: reload,
    hasMore,
    loadMore,
  }
}
