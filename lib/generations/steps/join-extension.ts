import { copyFile } from 'node:fs/promises'
import { type Sentence, message } from '#lib/messages/message'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { ProviderInput, ProviderOutput } from '../../ai/providers/provider.ts'
import { isFromLastFrame } from '../../kinds/work.ts'
import { log } from '../../log.ts'
import { editHere } from './edit-here.ts'
import { inputsOf } from './request.ts'
import type { StepWork } from './step.ts'

interface Joined {
  /** The whole video; undefined where what was added is stored as it is. */
  sourcePath?: string
  note?: Sentence
  release?: () => Promise<void>
}

/** A join that failed so often is not waited for: what was paid for is there. */
const tries = 5

/**
 * Joins what was added to a video to that video, into a new film; undefined where nothing is to be joined. What was paid
 * for is kept also where its source is gone, or cannot be joined: then as it came, with a note.
 */
export async function joinExtension(work: StepWork, path: string): Promise<Joined | undefined> {
  const { row, deps } = work
  const isFrame = isFromLastFrame(row.settings)
  const output = row.output as ProviderOutput
  if (!isFrame && !('isSegment' in output && output.isSegment)) return undefined
  const [source] = await inputsOf(row, deps.storage)
  const edit = { operation: 'join', continued: isFrame } as const
  try {
    const inputs = [source!, segmentOf(path)]
    const { path: sourcePath, release } = await editHere(work, nameOf(work), edit, inputs)
    return { sourcePath, release }
  } catch (error) {
    const isPassing = !(error instanceof ProviderError) || error.retryable
    if (isPassing && row.failures < tries) throw error
    log().warn({ err: error, fileId: row.id }, 'an extension was not joined')
    return { note: message('work.notJoined') }
  }
}

/** Of the job whose film it is: another one's is joined on its own. */
function nameOf({ row }: StepWork) {
  return `${row.attemptKey ?? row.id}.join`
}

function segmentOf(path: string): ProviderInput {
  return {
    role: 'source',
    contentType: 'video/mp4',
    fileName: 'added.mp4',
    read: () => Promise.reject(new Error('films are not read whole')),
    writeTo: (to) => copyFile(path, to),
  }
}
