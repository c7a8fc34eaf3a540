'use client'

import { useRef, useState } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { VideoGenerationResult } from '#lib/contract/file-view'
import { networkProblem, type Problem, ProblemError } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'

interface OneStartOptions<Request> {
  send: (request: Request, idempotencyKey: string) => Promise<VideoGenerationResult>
  /** What is said once it is started. */
  startedMessage: (request: Request) => Sentence
  onStarted: (fileId: string | undefined) => void
}

/** Sends starts, one at a time. The same request sent again after an error is the same start. */
export function useOneStart<Request>(options: OneStartOptions<Request>) {
  const { send, startedMessage, onStarted } = options
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const intention = useRef<{ body: string; key: string }>(undefined)

  const start = async (request: Request) => {
    const body = JSON.stringify(request)
    if (intention.current?.body !== body) intention.current = { body, key: newIdempotencyKey() }
    setIsBusy(true)
    setProblem(undefined)
    try {
      const { fileId } = await send(request, intention.current.key)
      intention.current = undefined
      showToast({ kind: 'success', title: startedMessage(request) })
      onStarted(fileId)
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : networkProblem())
    } finally {
      setIsBusy(false)
    }
  }
  return { start, isBusy, problem }
}
