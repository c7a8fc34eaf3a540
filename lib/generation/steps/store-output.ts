import type { ProviderOutput } from '../../ai/providers/provider.ts'
import { BrokenVideoError, UninspectedVideoError } from '../../media/assert-mp4.ts'
import { storeVideo } from '../../media/store-video.ts'
import { log } from '../../log.ts'
import type { FilePatch } from '../../files/change-file.ts'
import type { FileRow } from '../../files/file-row.ts'
import { retryDelayMs } from './backoff.ts'
import { letGo } from './let-go.ts'
import { type StepResult, type StepWork, failure } from './step.ts'

/** Brings the provider's bytes into our storage; the file is ready when they rest there, not before. */
export async function storeOutput({ row, provider, deps, signal }: StepWork): Promise<StepResult> {
  try {
    const { path } = row.output as ProviderOutput
    const { storage, workFolder } = deps
    const options = { fileId: row.id, sourcePath: path, storage, workFolder, signal }
    const { hasPoster, ...stored } = await storeVideo(options)
    const now = deps.now()
    return {
      change: {
        ...stored,
        hasPoster,
        state: 'completed',
        message: null,
        output: null,
        finishedAt: now,
      },
      runAt: now,
      afterwards: () => letGo(provider, row),
    }
  } catch (error) {
    return storingFailed({ row, deps }, error)
  }
}

function storingFailed({ row, deps }: Pick<StepWork, 'row' | 'deps'>, error: unknown): StepResult {
  log().warn({ err: error, fileId: row.id }, 'storing failed')
  const now = deps.now()
  const isHopeless = error instanceof UninspectedVideoError && row.failures >= inspections
  if (error instanceof BrokenVideoError || isHopeless)
    return { change: failure(brokenVideo, now), runAt: now }
  if (isMissing(error)) return { change: askedForAgain(row, now), runAt: now }
  // Disk full, storage away: the bytes are still at the provider, so nothing is lost by waiting.
  const runAt = new Date(now.getTime() + retryDelayMs(row.failures))
  const failures = row.failures + 1
  return row.message === storageWords
    ? { keep: { failures }, runAt }
    : { change: { failures, message: storageWords }, runAt }
}

/** The bytes were gone before they were ours. Where there is a job to ask, it is asked for them again. */
function askedForAgain(row: FileRow, now: Date): FilePatch {
  if (row.operation !== null) return { state: 'waiting', output: null }
  const userMessage = 'The finished video could not be fetched any more. Try again.'
  return failure({ code: 'output_expired', userMessage }, now)
}

// A video that four inspections in a row did not get through is not one to wait for.
const inspections = 3
const storageWords = 'Storage does not take the video yet, trying again'

const brokenVideo = {
  code: 'generation_failed',
  userMessage: 'What came back is not a playable video. Try again.',
} as const

function isMissing(error: unknown) {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
