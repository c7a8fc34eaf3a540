'use client'
import { useCallback, useRef, useState } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { generateVideo as start } from '#lib/ai/api/generate-video'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { FileView, VideoGenerationResult } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

/** A click on Generate: the request, and the idempotency key that makes sending it twice safe. */
interface Intention {
  request: GenerateVideoRequest
  idempotencyKey: string
}

/** Starts generations, also several at once, and keeps a failed start for a retry. */
export function useStart(onStarted: (views: readonly FileView[]) => void) {
  const say = useSay()
  const [starting, setStarting] = useState(0)
  const [startError, setStartError] = useState<Problem | null>(null)
  const failed = useRef<Intention>(undefined)

  const send = useCallback(
    async (intention: Intention): Promise<VideoGenerationResult> => {
      setStarting((count) => count + 1)
      setStartError(null)
      try {
        const result = await start(intention.request, intention)
        if (result.files?.length) onStarted(result.files)
        failed.current = undefined
        return result
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        failed.current = intention
        setStartError(error.problem)
        return { success: false, error: say(error.problem.detail) }
      } finally {
        setStarting((count) => count - 1)
      }
    },
    [onStarted, say],
  )

  return {
    isStarting: starting > 0,
    startError,
    dismissStartError: () => setStartError(null),
    generateVideo: (request: GenerateVideoRequest) =>
      send({ request, idempotencyKey: newIdempotencyKey() }),
    /** Sends the failed start again under the same key: never a second video. */
    retryStart: async () => (failed.current ? send(failed.current) : { success: false }),
  }
}

/** Shows a toast where a start was answered with a finished video. */
export function showReuse(views: readonly FileView[]) {
  const ready = views.find(({ status }) => status === 'completed')
  if (!ready) return
  showToast({
    kind: 'info',
    title: message('news.reused'),
    description: message('news.reusedNote'),
    id: `reuse-${ready.id}`,
  })
}
