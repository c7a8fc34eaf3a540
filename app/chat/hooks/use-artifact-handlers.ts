'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { FileView } from '#lib/contract/file-view'
import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { attempt } from '../../hooks/attempt.ts'
import type { useVersions } from './use-versions.ts'

interface ArtifactHandlersOptions {
  versions: ReturnType<typeof useVersions>
  announce: (sentence: string) => void
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
    const told = (action: Promise<unknown>) => attempt(action, latest.current.announce)
    return {
      onOpen: (fileId: string) => latest.current.onOpen(fileId),
      onCheck: (fileId: string) => told(checkFile(fileId)),
      onCancel: (fileId: string) => told(cancelFile(fileId)),
      onResubmit: (fileId: string) => told(resubmitFile(fileId)),
      onMake: (request: NewVersionRequest) => void told(latest.current.versions.make(request)),
      onDelete: (view: FileView) => latest.current.onDelete(view),
    }
  }, [])
}

export type ArtifactHandlers = ReturnType<typeof useArtifactHandlers>
