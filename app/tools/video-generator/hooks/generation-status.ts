import { type FileView, isFinal } from '#lib/contract/file-view'
import type { Problem } from '#lib/contract/problem'

/** The status of the video on the stage. */
export interface GenerationStatus {
  status: 'idle' | 'pending' | 'processing' | 'completed' | 'error'
  /** 0 to 100, only where the provider reports it. */
  progress?: number
  message?: string
  /** Seconds the whole generation is expected to take; an estimate. */
  estimatedTime?: number
  projectId?: string
  requestId?: string
  fileId?: string
}

export function generationStatusOf(
  view: FileView | undefined,
  isStarting: boolean,
  startError: Problem | null,
): GenerationStatus {
  if (isStarting && (!view || isFinal(view))) return { status: 'pending', message: 'Starting' }
  if (startError) return { status: 'error', message: startError.detail }
  if (!view) return { status: 'idle' }
  const message = view.error?.message ?? view.message
  return {
    status: statusWord(view),
    ...(view.progress !== null && { progress: view.progress }),
    ...(message && { message }),
    ...(view.expected && { estimatedTime: view.expected.seconds }),
    projectId: view.id,
    requestId: view.id,
    fileId: view.id,
  }
}

function statusWord({ status }: FileView): GenerationStatus['status'] {
  if (status === 'failed') return 'error'
  return status === 'canceled' ? 'idle' : status
}
