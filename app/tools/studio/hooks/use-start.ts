'use client'
import { useCallback, useRef, useState } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { FileView, VideoGenerationResult } from '#lib/contract/file-view'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

/** Sends a request to the server. The idempotency key makes sending it twice safe. */
export type Start<Request> = (
  request: Request,
  options: { idempotencyKey: string },
) => Promise<VideoGenerationResult>

/** A click on Generate: the request, and its idempotency key. */
interface Intention<Request> {
  request: Request
  idempotencyKey: string
}

/** Starts generations, also several at once, and keeps a failed start for a retry. */
export function useStart<Request>(
  start: Start<Request>,
  onStarted: (views: readonly FileView[]) => void,
) {
  const say = useSay()
  const [starting, setStarting] = useState(0)
  const [startError, setStartError] = useState<Problem | null>(null)
  const failed = useRef<Intention<Request>>(undefined)

  const send = useCallback(
    async (intention: Intention<Request>): Promise<VideoGenerationResult> => {
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
    [start, onStarted, say],
  )

  return {
    isStarting: starting > 0,
    startError,
    dismissStartError: () => setStartError(null),
    generate: (request: Request) => send({ request, idempotencyKey: newIdempotencyKey() }),
    /** Sends the failed start again under the same key: never a second one. */
    retryStart: async () => (failed.current ? send(failed.current) : { success: false }),
  }
}

/** Shows a toast where a start was answered with what is finished already. */
export function showReuse(views: readonly FileView[]) {
  const ready = views.find(({ status }) => status === 'completed')
  if (!ready) return
  showToast({
    kind: 'info',
    title: message('news.reused', { kind: ready.type }),
    description: message('news.reusedNote'),
    id: `reuse-${ready.id}`,
  })
}
