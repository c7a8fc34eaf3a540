'use client'

import { useRef, useState } from 'react'
import { makeVersion } from '#lib/ai/api/chat-api'
import { newIdempotencyKey } from '#lib/ai/api/new-idempotency-key'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { Problem } from '#lib/contract/problem'
import { ProblemError } from '#lib/contract/read-answer'
import { rememberView } from '#lib/delivery/file-store'
import type { Conversation } from './use-conversation.ts'

/** One click: what it asks for but for the price, and the request and key it is sent with. */
interface Intention {
  wish: string
  request: NewVersionRequest
  key: string
}

/** Makes new versions of a chat's videos, and keeps why the last one could not be started. */
export function useVersions({ chatId, session, videos, addVideo }: Conversation) {
  const [isMaking, setIsMaking] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const intention = useRef<Intention>(undefined)

  /** Answers the id of the new version. Rejects with `ProblemError` where none was started. */
  const make = async (request: NewVersionRequest) => {
    // The same wish once more, after a try of unknown outcome, goes under the same key and limit: never a second charge.
    const wish = JSON.stringify({ ...request, maxUsd: null })
    const isAgain = intention.current?.wish === wish
    const sent = (isAgain && intention.current) || { wish, request, key: newIdempotencyKey() }
    intention.current = sent
    setIsMaking(true)
    setProblem(undefined)
    try {
      const { files } = await makeVersion(chatId, sent.request, sent.key)
      intention.current = undefined
      const view = files?.[0]
      if (!view) return undefined
      rememberView(view)
      const number = Math.max(0, ...videos.map((video) => video.number)) + 1
      addVideo({ fileId: view.id, parentFileId: request.fromFileId, number, messageId: null })
      void session.sync()
      return view.id
    } catch (error) {
      if (error instanceof ProblemError) {
        setProblem(error.problem)
        // A refusal has started nothing; the next click may be at another price.
        if (error.problem.code === 'invalid_input') intention.current = undefined
      }
      throw error
    } finally {
      setIsMaking(false)
    }
  }
  return { isMaking, problem, make }
}
