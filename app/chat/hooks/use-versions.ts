'use client'

import { useRef, useState } from 'react'
import { makeVersion } from '#lib/ai/api/chat-api'
import { newIdempotencyKey } from '#lib/ai/api/new-idempotency-key'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { Problem } from '#lib/contract/problem'
import { ProblemError } from '#lib/contract/read-answer'
import { rememberView } from '#lib/delivery/file-store'
import type { Conversation } from './use-conversation.ts'

/** Makes new versions of a chat's videos, and keeps why the last one could not be started. */
export function useVersions({ chatId, session, videos, addVideo }: Conversation) {
  const [isMaking, setIsMaking] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const intention = useRef({ words: '', key: '' })

  /** Answers the id of the new version. Rejects with `ProblemError` where none was started. */
  const make = async (request: NewVersionRequest) => {
    // The same wish once more, after a try of unknown outcome, goes under the same key: never a second charge.
    const words = JSON.stringify(request)
    if (intention.current.words !== words) intention.current = { words, key: newIdempotencyKey() }
    setIsMaking(true)
    setProblem(undefined)
    try {
      const { files } = await makeVersion(chatId, request, intention.current.key)
      intention.current = { words: '', key: '' }
      const view = files?.[0]
      if (!view) return undefined
      rememberView(view)
      const number = Math.max(0, ...videos.map((video) => video.number)) + 1
      addVideo({ fileId: view.id, parentFileId: request.fromFileId, number, messageId: null })
      void session.sync()
      return view.id
    } catch (error) {
      if (error instanceof ProblemError) setProblem(error.problem)
      throw error
    } finally {
      setIsMaking(false)
    }
  }
  return { isMaking, problem, make }
}
