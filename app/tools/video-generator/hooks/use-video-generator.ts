'use client'
import { useCallback, useState } from 'react'
import { useAnnouncer } from '#components/ui/live-region'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import {
  cancelFile,
  checkFile,
  deleteFile,
  deleteFinishedFiles,
  resubmitFile,
} from '#lib/delivery/file-actions'
import { rememberView } from '#lib/delivery/file-store'
import { useConnection } from '#lib/delivery/use-connection'
import { useFile } from '#lib/delivery/use-file'
import { useHistory } from '#lib/delivery/use-history'
import { useSay } from '#lib/messages/use-say'
import { reportFailure } from '../../../hooks/report-failure.ts'
import { generationStatusOf } from './generation-status.ts'
import { showReuse, useStart } from './use-start.ts'

/**
 * Everything the studio does: start, follow, check, cancel, delete, retry, and the history. Jobs continue without it;
 * after a reload the history lists the unfinished ones, and each is followed again.
 */
export function useVideoGenerator() {
  const say = useSay()
  const history = useHistory()
  const connectionStatus = useConnection()
  const { current, currentId, pickedId, pick } = useStaged(history.files)
  const { add, remove } = history
  const onStarted = useCallback(
    (views: readonly FileView[]) => {
      for (const view of views.toReversed()) add(rememberView(view))
      pick(views[0]?.id)
      showReuse(views)
    },
    [add, pick],
  )
  const { generateVideo, ...starting } = useStart(onStarted)
  const [announcement, announce] = useAnnouncer()
  const run = (action: Promise<unknown>) => reportFailure(action, (says) => announce(say(says)))
  const viewOf = (fileId: string) => history.files.find(({ id }) => id === fileId) ?? current

  return {
    ...starting,
    ...pagesOf(history),
    ...commandsOf(run, currentId),
    generateVideo,
    generationStatus: generationStatusOf(current, starting, say),
    currentGeneration: current ?? null,
    isGenerating: starting.isStarting || (current !== undefined && !isFinal(current)),
    connectionStatus,
    isConnected: connectionStatus === 'connected',
    deleteVideo: async (fileId: string) => {
      await run(deleteFile(fileId).then(() => remove((view) => view.id === fileId)))
      if (fileId === pickedId) pick(undefined)
    },
    clearVideos: async () => {
      await run(deleteFinishedFiles().then(() => remove(isFinal)))
      if (current && isFinal(current)) pick(undefined)
    },
    /** A new generation with the settings of an old one, except `changes`. */
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

/** The video on the stage: the one picked last, until then the newest unfinished one. */
function useStaged(files: readonly FileView[]) {
  const [pickedId, pick] = useState<string>()
  // Nothing picked, as after a reload: the newest unfinished video is on the stage, and stays there when done.
  const unfinishedId = files.find((view) => !isFinal(view))?.id
  if (!pickedId && unfinishedId) pick(unfinishedId)
  const currentId = pickedId ?? unfinishedId
  const initial = files.find((view) => view.id === currentId)
  const { file: current } = useFile(currentId, initial)
  return { current, currentId, pickedId, pick }
}

/** What can be asked of an unfinished video. */
function commandsOf(
  run: (action: Promise<unknown>) => Promise<void>,
  currentId: string | undefined,
) {
  return {
    forceCheckResults: async (fileId = currentId) => {
      if (fileId) await run(checkFile(fileId))
    },
    cancelVideo: (fileId: string) => run(cancelFile(fileId)),
    /** Submits again what may have been submitted: only a person may decide that, for it may be charged twice. */
    resubmitVideo: (fileId: string) => run(resubmitFile(fileId)),
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
