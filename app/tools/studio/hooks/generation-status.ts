import { type FileView, isFinal } from '#lib/contract/file-view'
import type { Problem } from '#lib/contract/problem'
import { type Sentence, message } from '#lib/messages/message'

/** The status of the video on the stage. */
export interface GenerationStatus {
  status: 'idle' | 'pending' | 'processing' | 'completed' | 'error'
  /** 0 to 100, only where the provider reports it. */
  progress?: number
  /** In the reader's language. */
  message?: string
  /** Seconds the whole generation is expected to take; an estimate. */
  estimatedTime?: number
  projectId?: string
  requestId?: string
  fileId?: string
}

export function generationStatusOf(
  view: FileView | undefined,
  { isStarting, startError }: { isStarting: boolean; startError: Problem | null },
  say: (sentence: Sentence) => string,
): GenerationStatus {
  if (isStarting && (!view || isFinal(view)))
    return { status: 'pending', message: say(message('card.state.submitting')) }
  if (startError) return { status: 'error', message: say(startError.detail) }
  if (!view) return { status: 'idle' }
  const says = view.error?.messageRef ?? view.error?.message ?? view.messageRef ?? view.message
  return {
    status: statusWord(view),
    ...(view.progress !== null && { progress: view.progress }),
    ...(says && { message: say(says) }),
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

/**
 * The video on the stage: the one picked last, until then the newest unfinished one. A phone has no room for an empty
 * stage: it begins with the newest one there is.
 */
export function stagedId(
  files: readonly Pick<FileView, 'id' | 'status'>[],
  { pickedId, isPhone }: { pickedId: string | undefined; isPhone: boolean },
): string | undefined {
  const newest = files.find((view) => !isFinal(view)) ?? (isPhone ? files[0] : undefined)
  return pickedId ?? newest?.id
}
