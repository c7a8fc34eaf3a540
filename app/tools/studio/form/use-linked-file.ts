'use client'

import { useEffect, useEffectEvent } from 'react'
import type { FileView } from '#lib/contract/file-view'
import { ProblemError } from '#lib/contract/problem'
import { fileKey } from '#lib/delivery/file-store'
import { pollFile } from '#lib/delivery/poll-file'
import { type Sentence, message } from '#lib/messages/message'

interface LinkedFileOptions {
  fileId: string | undefined
  /** Nothing is read before. */
  isReady?: boolean
  onFile: (view: FileView) => void
  onFailure: (why: Sentence) => void
}

/** Reads the file that a link names, once, while the page is open. */
export function useLinkedFile({ fileId, isReady = true, ...options }: LinkedFileOptions) {
  const onFile = useEffectEvent(options.onFile)
  const onFailure = useEffectEvent((error: unknown) =>
    options.onFailure(
      error instanceof ProblemError ? error.problem.detail : message('composer.reloadPage'),
    ),
  )
  useEffect(() => {
    if (!fileId || !isReady) return undefined
    let isHere = true
    pollFile(fileKey(fileId)).then(
      (view) => isHere && onFile(view),
      (error: unknown) => isHere && onFailure(error),
    )
    return () => {
      isHere = false
    }
  }, [fileId, isReady])
}
