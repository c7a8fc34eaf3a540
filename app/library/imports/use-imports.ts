'use client'

import { useRef, useState } from 'react'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import type { importFile } from '#lib/ai/api/upload-image'
import type { UploadView } from '#lib/contract/library/library'
import { loadPart, ProblemError } from '#lib/contract/problem'
import { type Sentence, message } from '#lib/messages/message'
import { ImportQueue, faultOf } from './import-queue.ts'

/** A file on its way into the library; one that has arrived is listed there instead. */
export interface Import {
  key: string
  file: File
  /** 0 to 1. */
  progress: number
  /** Why it was not taken. */
  fault: Sentence | null
  /** The same file may be taken later. */
  canRetry: boolean
}

const atOnce = 2

interface ImportsOptions {
  onImported: (upload: UploadView) => void
  announce: (sentence: Sentence) => void
}

/** Takes files into the library, two at a time; a fault names its file and stops none of the others. */
export function useImports({ onImported, announce }: ImportsOptions) {
  const [imports, setImports] = useState<readonly Import[]>([])
  const files = useRef(new Map<string, File>())
  const patch = (key: string, part: Partial<Import>) =>
    setImports((known) => known.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const drop = (key: string) => {
    files.current.delete(key)
    setImports((known) => known.filter((one) => one.key !== key))
  }
  const send = async (key: string, signal: AbortSignal) => {
    const file = files.current.get(key)
    if (!file) return
    const { name } = file
    try {
      const onProgress = (progress: number) => patch(key, { progress })
      const upload = await sendFile(file, { onProgress, signal })
      drop(key)
      onImported(upload)
      announce(message('library.import.done', { name }))
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof ProblemError)) throw error
      const { detail, retryable } = error.problem
      patch(key, { fault: detail, canRetry: retryable })
      announce(message('library.import.failed', { name, why: detail }))
    }
  }
  const queue = useQueueOf(send)
  return {
    imports,
    add: (chosen: readonly File[]) => {
      const fresh = chosen.map(asImport)
      setImports((known) => [...known, ...fresh])
      for (const { key, file, fault } of fresh) {
        if (fault) continue
        files.current.set(key, file)
        queue().add(key)
      }
    },
    retry: (key: string) => {
      patch(key, { fault: null, progress: 0 })
      queue().add(key)
    },
    remove: (key: string) => {
      queue().remove(key)
      drop(key)
    },
  }
}

export type Imports = ReturnType<typeof useImports>

function asImport(file: File): Import {
  const key = newIdempotencyKey()
  return { key, file, progress: 0, fault: faultOf(file), canRetry: false }
}

async function sendFile(file: File, options: Parameters<typeof importFile>[1]) {
  const calls = await loadPart(import('#lib/ai/api/upload-image'))
  return calls.importFile(file, options)
}

/** One queue a page, whose files are sent by the function of the moment. */
function useQueueOf(send: (key: string, signal: AbortSignal) => Promise<void>) {
  const latest = useRef(send)
  const queue = useRef<ImportQueue>(undefined)
  return () => {
    latest.current = send
    queue.current ??= new ImportQueue((key, signal) => latest.current(key, signal), atOnce)
    return queue.current
  }
}
