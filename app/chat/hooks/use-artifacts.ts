'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import type { MessageBox } from '#components/chat/composer/message-composer'
import { makeVersion } from '#lib/ai/api/chat/chat-api'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { NewVersionRequest } from '#lib/contract/chat'
import type { FileView } from '#lib/contract/file-view'
import { type Problem, ProblemError, loadPart } from '#lib/contract/problem'
import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { rememberView } from '#lib/delivery/file-store'
import { type Sentence, message } from '#lib/messages/message'
import { reportFailure } from '../../hooks/report-failure.ts'
import { tellMoved } from '../../hooks/tell-moved.ts'
import type { Conversation } from './use-conversation.ts'

interface ArtifactHandlersOptions {
  versions: ReturnType<typeof useVersions>
  announce: (sentence: Sentence) => void
  onOpen: (fileId: string) => void
  onDelete: (view: FileView) => void
}

/** What the buttons of every card do; always the same object, so that streaming text redraws no card. */
export function useArtifactHandlers(options: ArtifactHandlersOptions) {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  return useMemo(() => {
    const reported = (action: Promise<unknown>) => reportFailure(action, latest.current.announce)
    return {
      onOpen: (fileId: string) => latest.current.onOpen(fileId),
      onCheck: (fileId: string) => reported(checkFile(fileId)),
      onCancel: (fileId: string) => reported(cancelFile(fileId)),
      onResubmit: (fileId: string) => reported(resubmitFile(fileId)),
      onMake: (request: NewVersionRequest) => void reported(latest.current.versions.make(request)),
      onDelete: (view: FileView) => latest.current.onDelete(view),
    }
  }, [])
}

export type ArtifactHandlers = ReturnType<typeof useArtifactHandlers>

/** One click: what it asks for except the limit, and the request and idempotency key it is sent with. */
interface Intention {
  asked: string
  request: NewVersionRequest
  idempotencyKey: string
}

/** Makes new versions of a chat's videos, and keeps why the last one could not be started. */
export function useVersions({ chatId, session, videos, addVideo }: Conversation) {
  const [isMaking, setIsMaking] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  const intention = useRef<Intention>(undefined)

  /** The id of the new version. Rejects with `ProblemError` where none was started. */
  const make = async (request: NewVersionRequest) => {
    // The same click again, after an unknown outcome, has the same key and limit: never a second charge.
    const asked = JSON.stringify({ ...request, maxUsd: null })
    const isAgain = intention.current?.asked === asked
    const sent = (isAgain && intention.current) || {
      asked,
      request,
      idempotencyKey: newIdempotencyKey(),
    }
    intention.current = sent
    setIsMaking(true)
    setProblem(undefined)
    try {
      const { files } = await makeVersion(chatId, sent.request, sent.idempotencyKey)
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

/** Which video is shown large beside the conversation; when it closes, the focus returns to where it was opened. */
export function useLargeArtifact(box: MessageBox) {
  const [fileId, pick] = useState<string>()
  const opener = useRef<Element>(null)
  return {
    fileId,
    pick,
    open: (next: string) => {
      opener.current = document.activeElement
      pick(next)
    },
    close: () => {
      pick(undefined)
      const back = opener.current?.isConnected ? opener.current : null
      setTimeout(() => ((back as HTMLElement | null) ?? box.ref.current)?.focus())
    },
  }
}

interface DeletionOptions {
  box: MessageBox
  session: Conversation['session']
  announce: (sentence: Sentence) => void
  /** It is about to be gone. */
  onDelete: (fileId: string) => void
}

/** Moves a video of the chat to the trash, with a way back; its place in the conversation stays. */
export function useDeletion({ box, session, announce, onDelete }: DeletionOptions) {
  const move = async (fileId: string, trash: boolean) => {
    const { changeItems } = await loadPart(import('#lib/ai/api/people/library'))
    const { changed } = await changeItems({ ids: [fileId], trash })
    await session.sync()
    if (changed.length === 0) return
    const count = changed.length
    if (trash) tellMoved(message('library.trashed', { count }), announce, () => run(fileId, false))
    else tellMoved(message('library.restored', { count }), announce)
  }
  const run = (fileId: string, trash: boolean) => void reportFailure(move(fileId, trash), announce)
  return ({ id }: FileView) => {
    onDelete(id)
    run(id, true)
    // What had the focus is about to be gone.
    setTimeout(() => box.ref.current?.focus())
  }
}
