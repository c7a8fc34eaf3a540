'use client'
import { useCallback, useState } from 'react'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import { deleteFile, deleteFinishedFiles } from '#lib/delivery/file-actions'
import { rememberView } from '#lib/delivery/file-store'
import { useConnection } from '#lib/delivery/use-connection'
import { useFile } from '#lib/delivery/use-file'
import { useHistory } from '#lib/delivery/use-history'
import { attempt } from '../../../hooks/attempt.ts'
import { fileCommands } from './file-commands.ts'
import { generationStatusOf } from './generation-status.ts'
import { tellReuse } from './tell-reuse.ts'
import { useNews } from './use-news.ts'
import { useStart } from './use-start.ts'

/**
 * Everything the video generator's screen does: start, follow, check, cancel, delete, retry, and the history. Jobs
 * go on without it; after a reload the history brings the unfinished ones back and each is followed again.
 */
export function useVideoGenerator() {
  const history = useHistory()
  const connectionStatus = useConnection()
  const [pickedId, pick] = useState<string>()
  const { add, remove } = history
  const onStarted = useCallback(
    (views: readonly FileView[]) => {
      for (const view of views.toReversed()) add(rememberView(view))
      pick(views[0]?.id)
      tellReuse(views)
    },
    [add],
  )
  const { generateVideo, ...starting } = useStart(onStarted)

  // Nothing picked, as after a reload: the newest unfinished video takes the stage, and keeps it when it is done.
  const unfinishedId = history.files.find((view) => !isFinal(view))?.id
  if (!pickedId && unfinishedId) pick(unfinishedId)
  const currentId = pickedId ?? unfinishedId
  const initial = history.files.find((view) => view.id === currentId)
  const { file: current } = useFile(currentId, initial)
  const [announcement, announce] = useNews(history.files, current, pick)
  const told = (action: Promise<unknown>) => attempt(action, announce)
  const viewOf = (fileId: string) => history.files.find(({ id }) => id === fileId) ?? current

  return {
    ...starting,
    ...pagesOf(history),
    ...fileCommands(announce, currentId),
    generateVideo,
    generationStatus: generationStatusOf(current, starting.isStarting, starting.startError),
    currentGeneration: current ?? null,
    isGenerating: starting.isStarting || (current !== undefined && !isFinal(current)),
    connectionStatus,
    isConnected: connectionStatus === 'connected',
    deleteVideo: async (fileId: string) => {
      await told(deleteFile(fileId).then(() => remove((view) => view.id === fileId)))
      if (fileId === pickedId) pick(undefined)
    },
    clearVideos: async () => {
      await told(deleteFinishedFiles().then(() => remove(isFinal)))
      if (current && isFinal(current)) pick(undefined)
    },
    /** A new generation with the settings of an old one, but for what is given. */
    retry: async (fileId: string, changes: Partial<GenerateVideoRequest> = {}) => {
      const view = viewOf(fileId)
      return view ? generateVideo({ ...view.settings, ...changes }) : { success: false }
    },
    viewOf,
    pick,
    announce,
    announcement,
  }
}

function pagesOf({
  files,
  isLoading,
  error,
  hasMore,
  loadMore,
  reload,
}: ReturnType<typeof useHistory>) {
  return {
    generations: files,
    isLoadingHistory: isLoading,
    historyError: error,
    reloadHistory: reload,
    hasMore,
    loadMore,
  }
}
