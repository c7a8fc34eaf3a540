'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { generateVideo as start } from '#lib/ai/api/generate-video'
import { isFinal } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { Problem } from '#lib/contract/problem'
import { ProblemError } from '#lib/contract/read-answer'
import type { VideoGenerationResult } from '#lib/contract/video-generation-result'
import { newIdempotencyKey } from '#lib/ai/api/new-idempotency-key'
import {
  cancelFile,
  checkFile,
  deleteFile,
  deleteFinishedFiles,
} from '#lib/delivery/file-actions'
import { rememberView } from '#lib/delivery/file-store'
import { useConnection } from '#lib/delivery/use-connection'
import { useFile } from '#lib/delivery/use-file'
import { useHistory } from '#lib/delivery/use-history'
import { generationStatusOf } from './generation-status.ts'
import { useDeliveryNews } from './use-delivery-news.ts'

/** A click on Generate: what is wanted, and the key that makes sending it twice the same as once. */
interface Intention {
  request: GenerateVideoRequest
  idempotencyKey: string
}

/**
 * Everything the video generator's screen does: start, follow, check, cancel, delete, retry, and the history. Jobs
 * go on without it; after a reload the history brings the unfinished ones back and each is followed again.
 */
export function useVideoGenerator() {
  const history = useHistory()
  const connectionStatus = useConnection()
  const [currentId, setCurrentId] = useState<string>()
  const [starting, setStarting] = useState(0)
  const [startError, setStartError] = useState<Problem | null>(null)
  const failed = useRef<Intention>(undefined)
  const initial = history.files.find((view) => view.id === currentId)
  const { file: current } = useFile(currentId, initial)
  const announcement = useDeliveryNews(history.files, current)

  // After a reload the newest unfinished video is the one on the stage.
  const unfinished = history.files.find((view) => !isFinal(view))?.id
  useEffect(() => {
    if (unfinished) setCurrentId((known) => known ?? unfinished)
  }, [unfinished])

  const { add, remove } = history
  const send = useCallback(
    async (intention: Intention): Promise<VideoGenerationResult> => {
      setStarting((count) => count + 1)
      setStartError(null)
      try {
        const result = await start(intention.request, intention)
        const view = result.files?.[0]
        if (view) add(rememberView(view))
        setCurrentId(result.fileId)
        failed.current = undefined
        return result
      } catch (error) {
        failed.current = intention
        return refused(error, setStartError)
      } finally {
        setStarting((count) => count - 1)
      }
    },
    [add],
  )

  const generateVideo = useCallback(
    (request: GenerateVideoRequest) => send({ request, idempotencyKey: newIdempotencyKey() }),
    [send],
  )

  const isUnfinished = current ? !isFinal(current) : false
  return {
    generationStatus: generationStatusOf(current, starting > 0, startError),
    currentGeneration: current ?? null,
    generations: history.files,
    isGenerating: starting > 0 || isUnfinished,
    isStarting: starting > 0,
    isLoadingHistory: history.isLoading,
    historyError: history.error,
    reloadHistory: history.reload,
    hasMore: history.hasMore,
    loadMore: history.loadMore,
    connectionStatus,
    isConnected: connectionStatus === 'connected',
    startError,
    dismissStartError: () => setStartError(null),
    generateVideo,
    /** Sends the very same intention again, under the same key: never a second video. */
    retryStart: async () => (failed.current ? send(failed.current) : { success: false }),
    forceCheckResults: async (fileId = currentId) => {
      if (fileId) await told(checkFile(fileId))
    },
    cancelVideo: async (fileId: string) => void (await told(cancelFile(fileId))),
    deleteVideo: async (fileId: string) => {
      await told(deleteFile(fileId).then(() => remove((view) => view.id === fileId)))
      setCurrentId((known) => (known === fileId ? undefined : known))
    },
    clearVideos: async () => {
      await told(deleteFinishedFiles().then(() => remove(isFinal)))
      setCurrentId((known) => (known === unfinished ? known : unfinished))
    },
    /** A new generation with the settings of an old one. */
    retry: async (fileId: string) => {
      const view = history.files.find(({ id }) => id === fileId) ?? current
      return view ? generateVideo(view.settings) : { success: false }
    },
    pick: setCurrentId,
    announcement,
  }
}

function refused(error: unknown, tell: (problem: Problem) => void): VideoGenerationResult {
  if (!(error instanceof ProblemError)) throw error
  tell(error.problem)
  return { success: false, error: error.problem.detail }
}

/** Runs an action; where it fails, the user is told why in a toast. */
async function told(action: Promise<unknown>) {
  try {
    await action
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    toast.error(error.problem.detail)
  }
}

