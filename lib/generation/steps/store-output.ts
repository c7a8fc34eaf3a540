import { rm } from 'node:fs/promises'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { Json, ProviderOutput } from '../../ai/providers/provider.ts'
import type { FileRow } from '../../files/file-row.ts'
import { madeAt } from '../../files/made-at.ts'
import { log } from '../../log.ts'
import { BrokenVideoError, NoVideoError, UninspectedVideoError } from '../../media/assert-mp4.ts'
import { DownloadError } from '../../media/download-error.ts'
import { downloadVideo } from '../../media/download-video.ts'
import { storeVideo } from '../../media/store-video.ts'
import { linkDelayMs, retryDelayMs } from './backoff.ts'
import { letGo } from './let-go.ts'
import { linkWords } from './link-words.ts'
import { outputExpired } from './output-expired.ts'
import { type StepResult, type StepWork, type StoredOutput, after, failure } from './step.ts'
import { workFile } from './work-file.ts'

/** Brings the provider's bytes into our storage; the file is ready when they rest there, not before. */
export async function storeOutput(work: StepWork): Promise<StepResult> {
  const { row, provider, deps, signal } = work
  const { storage, workFolder } = deps
  let fetched: string | undefined
  try {
    fetched = await workFile(work)
    const source = await bring(work, row.output as ProviderOutput, fetched)
    const stored = await storeVideo({ fileId: row.id, ...source, storage, workFolder, signal })
    const now = deps.now()
    const { note: message = null } = row.output as StoredOutput
    return {
      change: { ...stored, state: 'completed', message, output: null, finishedAt: now },
      runAt: now,
      afterwards: () => letGo(provider, row),
    }
  } catch (error) {
    // The process ends: nothing has failed, and whoever comes next begins anew.
    if (deps.signal.aborted) return { keep: {}, runAt: deps.now() }
    return storingFailed(work, error)
  } finally {
    if (fetched) await rm(fetched, { force: true })
  }
}

/** Where the bytes are on this machine, fetched where they are not here yet, and what came where that is known. */
async function bring(
  { row, provider, signal, contextFor }: StepWork,
  output: ProviderOutput,
  path: string,
) {
  if (output.kind === 'path') return { sourcePath: output.path }
  if (output.kind === 'handover') {
    await provider.handOver!(row.operation as Json, path, contextFor(row.token!))
    return { sourcePath: path }
  }
  const expected = await downloadVideo({
    url: output.url,
    path,
    isLoopbackAllowed: provider.isOnThisMachine ?? false,
    ...(provider.headersFor && { headersFor: (url) => provider.headersFor!(url) }),
    signal,
  })
  return { sourcePath: path, expected }
}

// A video that four inspections in a row did not get through is not one to wait for.
const inspections = 3
const storageWords = 'The video cannot be saved yet, trying again'

function storingFailed({ row, deps }: StepWork, error: unknown): StepResult {
  log().warn({ err: error, fileId: row.id }, 'storing failed')
  const now = deps.now()
  const fault = faultOf(error, row)
  if (fault === 'passing') return keptTrying(row, now)
  if (mayAskAgain(row, fault, now)) return askedForAgain(row, now)
  return { change: fault === 'gone' ? outputExpired(now) : failure(brokenVideo, now), runAt: now }
}

/** Disk full, storage away, line down: the bytes are still at the provider, so nothing is lost by waiting. */
function keptTrying(row: FileRow, now: Date): StepResult {
  const failures = row.failures + 1
  const runAt = after(now, retryDelayMs(row.failures))
  return row.message === storageWords || row.message === linkWords(row)
    ? { keep: { failures }, runAt }
    : { change: { failures, message: storageWords }, runAt }
}

/** The bytes were gone before they were ours, or were none: where there is a job to ask, it is asked for them again. */
function askedForAgain(row: FileRow, now: Date): StepResult {
  const isFirst = row.message !== linkWords(row)
  return {
    change: { state: 'waiting', output: null, failures: 0, message: linkWords(row) },
    runAt: after(now, linkDelayMs(isFirst ? 0 : sinceMadeMs(row, now))),
  }
}

/** At least once, and for as long as the link may still come to lead to a video. */
function mayAskAgain(row: FileRow, fault: Fault, now: Date) {
  const patience = patienceMs(row, fault)
  if (row.operation === null || patience === 0) return false
  return row.message !== linkWords(row) || sinceMadeMs(row, now) < patience
}

function sinceMadeMs(row: FileRow, now: Date) {
  const made = madeAt(row) ?? row.startedAt ?? row.createdAt
  return now.getTime() - made.getTime()
}

const minuteMs = 60_000

// Providers keep a result for days. Broken bytes may become whole while they are still being written there.
function patienceMs(row: FileRow, fault: Fault) {
  if (fault === 'gone') return isFromOutside(row) ? 24 * 60 * minuteMs : minuteMs
  return fault === 'broken' && isFromOutside(row) ? 60 * minuteMs : 0
}

function isFromOutside({ output }: FileRow) {
  return (output as ProviderOutput).kind !== 'path'
}

type Fault = 'gone' | 'broken' | 'dangerous'

function faultOf(error: unknown, row: FileRow): Fault | 'passing' {
  if (error instanceof UninspectedVideoError)
    return row.failures >= inspections ? 'dangerous' : 'passing'
  if (error instanceof NoVideoError && isFromOutside(row)) return 'gone'
  if (error instanceof BrokenVideoError) return 'broken'
  if (error instanceof ProviderError) return error.retryable ? 'passing' : 'gone'
  if (error instanceof DownloadError) {
    if (error.code === 'blocked_address' || error.code === 'too_large') return 'dangerous'
    return error.code === 'expired' || error.code === 'broken' ? 'gone' : 'passing'
  }
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'passing'
}

const brokenVideo = {
  code: 'generation_failed',
  userMessage: 'What came back is not a playable video. Try again.',
} as const
