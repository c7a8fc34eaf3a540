import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { Json, ProviderOutput } from '../../ai/providers/provider.ts'
import type { FilePatch } from '../../files/change-file.ts'
import type { FileRow } from '../../files/file-row.ts'
import { log } from '../../log.ts'
import { BrokenVideoError, UninspectedVideoError } from '../../media/assert-mp4.ts'
import { DownloadError } from '../../media/download-error.ts'
import { downloadVideo } from '../../media/download-video.ts'
import { storeVideo } from '../../media/store-video.ts'
import { retryDelayMs } from './backoff.ts'
import { letGo } from './let-go.ts'
import { type StepResult, type StepWork, after, failure } from './step.ts'

/** Brings the provider's bytes into our storage; the file is ready when they rest there, not before. */
export async function storeOutput(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, signal } = work
  const { storage, workFolder } = deps
  const fetched = join(workFolder, `${row.id}.mp4`)
  try {
    const sourcePath = await bring(work, row.output as ProviderOutput, fetched)
    const options = { fileId: row.id, sourcePath, storage, workFolder, signal }
    const stored = await storeVideo(options)
    const now = deps.now()
    await rm(fetched, { force: true })
    return {
      change: { ...stored, state: 'completed', message: null, output: null, finishedAt: now },
      runAt: now,
      afterwards: () => letGo(provider, row),
    }
  } catch (error) {
    // The process ends: nothing has failed, and whoever comes next begins anew.
    if (deps.signal.aborted) return { keep: {}, runAt: deps.now() }
    return storingFailed(work, error)
  }
}

/** The path of the bytes on this machine, fetched where they are not here yet. */
async function bring(
  { row, provider, deps, signal, contextFor }: StepWork,
  output: ProviderOutput,
  path: string,
) {
  if (output.kind === 'path') return output.path
  await mkdir(deps.workFolder, { recursive: true })
  if (output.kind === 'handover')
    await provider.handOver!(row.operation as Json, path, contextFor(row.token!))
  else
    await downloadVideo({
      url: output.url,
      path,
      isLoopbackAllowed: provider.isOnThisMachine ?? false,
      ...(provider.headersFor && { headersFor: (url) => provider.headersFor!(url) }),
      signal,
    })
  return path
}

// A video that four inspections in a row did not get through is not one to wait for; a link that leads nowhere, or to
// broken bytes, is asked for anew a few times, over minutes.
const inspections = 3
const newLinks = 6
const storageWords = 'The video cannot be saved yet, trying again'

function storingFailed({ row, deps }: StepWork, error: unknown): StepResult {
  log().warn({ err: error, fileId: row.id }, 'storing failed')
  const now = deps.now()
  const runAt = after(now, retryDelayMs(row.failures))
  const failures = row.failures + 1
  const mayAskAgain = row.operation !== null && isFromOutside(row) && failures < newLinks
  switch (faultOf(error, row)) {
    case 'dangerous':
      return { change: failure(brokenVideo, now), runAt: now }
    case 'broken':
      if (!mayAskAgain) return { change: failure(brokenVideo, now), runAt: now }
      return { change: { state: 'waiting', output: null, failures }, runAt }
    case 'gone':
      return { change: askedForAgain(row, failures, now), runAt }
    default:
      // Disk full, storage away, line down: the bytes are still at the provider, so nothing is lost by waiting.
      return row.message === storageWords
        ? { keep: { failures }, runAt }
        : { change: { failures, message: storageWords }, runAt }
  }
}

function isFromOutside({ output }: FileRow) {
  return (output as ProviderOutput).kind !== 'path'
}

function faultOf(error: unknown, row: FileRow) {
  if (error instanceof UninspectedVideoError)
    return row.failures >= inspections ? 'dangerous' : 'passing'
  if (error instanceof BrokenVideoError) return 'broken'
  if (error instanceof ProviderError) return error.retryable ? 'passing' : 'gone'
  if (error instanceof DownloadError) {
    if (error.code === 'blocked_address' || error.code === 'too_large') return 'dangerous'
    if (error.code === 'expired') return 'gone'
    return error.code === 'broken' ? 'broken' : 'passing'
  }
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'passing'
}

/** The bytes were gone before they were ours. Where there is a job to ask, it is asked for them again. */
function askedForAgain(row: FileRow, failures: number, now: Date): FilePatch {
  if (row.operation !== null && failures < newLinks)
    return { state: 'waiting', output: null, failures }
  const userMessage = 'The finished video could not be fetched any more. Try again.'
  return failure({ code: 'output_expired', userMessage }, now)
}

const brokenVideo = {
  code: 'generation_failed',
  userMessage: 'What came back is not a playable video. Try again.',
} as const
