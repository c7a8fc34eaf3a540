'use client'

import { useEffect, useMemo, useRef } from 'react'
import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { attempt } from '../../hooks/attempt.ts'
import type { useVersions } from './use-versions.ts'

interface ArtifactHandlersOptions {
  versions: ReturnType<typeof useVersions>
  announce: (sentence: string) => void
  onOpen: (fileId: string) => void
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
      /** A new version with nothing changed. */
      onRetry: (fileId: string) => void told(latest.current.versions.make({ fromFileId: fileId })),
    }
  }, [])
}

export type ArtifactHandlers = ReturnType<typeof useArtifactHandlers>
