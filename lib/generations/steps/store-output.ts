import { message } from '#lib/messages/message'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ProviderError } from '../../ai/providers/provider-error.ts'
import type { Json, ProviderOutput } from '../../ai/providers/provider.ts'
import type { NewAsset } from '../../assets/assets.ts'
import {
  BrokenVideoError,
  ForeignFilmError,
  NoVideoError,
  UninspectedVideoError,
} from '../../assets/inspect/assert-film.ts'
import { DownloadError } from '../../assets/fetch/download-error.ts'
import { downloadVideo } from '../../assets/fetch/download-video.ts'
import type { StoredMedia } from '../../assets/store/stored-media.ts'
import { mediaTypeOf } from '#lib/contract/generation'
import { mediaOf } from '../../kinds/media.ts'
import { log } from '../../log.ts'
import { type GenerationRow, jobDoneAt } from '../row.ts'
import { linkDelayMs, patientDelayMs } from './backoff.ts'
import { clearWorkFiles, fetchedPath, releaseFiles } from './end-job.ts'
import { joinExtension } from './join-extension.ts'
import { type StepResult, type StepWork, after, idle } from './step.ts'

/** Brings the provider's bytes into our storage; the generation is ready when they rest there, not before. */
export async function storeOutput(work: StepWork): Promise<StepResult> {
  const { row, deps, leaseId, signal } = work
  let isHere = false
  try {
    const brought = await bring(work, row.output as ProviderOutput)
    isHere = true
    const joined = await joinExtension(work, brought.sourcePath)
    const source = joined?.sourcePath ? { sourcePath: joined.sourcePath } : brought
    const { storage, workFolder } = deps
    const options = { folder: row.id, storage, workFolder, signal }
    const stored = await mediaOf(row).store({ ...options, ...source })
    return {
      event: {
        type: 'stored',
        leaseId,
        asset: assetOf(work, stored),
        ...(joined?.note && { note: joined.note }),
      },
      afterwards: async () => {
        await letGo(work)
        await joined?.release?.()
      },
    }
  } catch (error) {
    // The process ends: nothing has failed, and the next one goes on.
    if (deps.signal.aborted) return idle(work, deps.now())
    return storingFailed(work, error, isHere)
  }
}

function assetOf({ row, deps }: StepWork, stored: StoredMedia): NewAsset {
  const now = deps.now()
  return {
    ...stored,
    id: row.id.replace(/^file_/, 'asset_'),
    ownerId: row.ownerId,
    kind: mediaTypeOf(row),
    parentId: parentOf(row),
    generationId: row.id,
    createdAt: now,
    usedAt: now,
  }
}

/** What it was cut from, or goes on from. */
function parentOf({ settings }: GenerationRow) {
  const [first] = settings.inputs?.sources ?? []
  return first ? first.replace(/^file_/, 'asset_') : null
}

/** What lay on this machine for the generation is no longer needed. */
async function letGo(work: StepWork) {
  await clearWorkFiles(work)
  await releaseFiles(work)
}

/**
 * Where the bytes are on this machine, fetched where they are not here yet. What was fetched whole is kept until it
 * rests in storage: while that is away, nothing is fetched twice.
 */
async function bring(work: StepWork, output: ProviderOutput) {
  if (output.kind === 'path') return { sourcePath: output.path }
  const sourcePath = fetchedPath(work)
  if (await isThere(sourcePath)) return { sourcePath }
  const path = await partPath(work)
  try {
    const expected = await fetchTo(work, output, path)
    await rename(path, sourcePath)
    return { sourcePath, ...(expected && { expected }) }
  } finally {
    await rm(path, { force: true })
  }
}

async function fetchTo(
  { row, provider, signal, contextFor }: StepWork,
  output: Exclude<ProviderOutput, { kind: 'path' }>,
  path: string,
) {
  if (output.kind === 'fetch') {
    await provider.fetch!(row.operation as Json, path, contextFor(row.attemptKey!))
    return undefined
  }
  const { assertHead, maxBytes } = mediaOf(row)
  return downloadVideo({
    url: output.url,
    path,
    assertHead,
    maxBytes,
    isLoopbackAllowed: provider.isOnThisMachine ?? false,
    ...(provider.headersFor && { headersFor: (url) => provider.headersFor!(url) }),
    signal,
  })
}

function isThere(path: string) {
  return access(path).then(
    () => true,
    () => false,
  )
}

/**
 * Where the holder of a lease brings bytes to: a place that no other process writes to, not even one that held the
 * generation before and was presumed dead. What such holders left behind is removed.
 */
async function partPath(work: StepWork) {
  const { workFolder } = work.deps
  await mkdir(workFolder, { recursive: true })
  await clearWorkFiles(work)
  return join(workFolder, `${work.row.id}.${work.leaseId}.part`)
}

// A video that four inspections in a row did not get through is not one to wait for.
const inspections = 3

/** `isHere`: the bytes were brought, and what has failed is ours. */
async function storingFailed(work: StepWork, error: unknown, isHere: boolean): Promise<StepResult> {
  const { row, leaseId, deps } = work
  log().warn({ err: error, fileId: row.id }, 'storing failed')
  const now = deps.now()
  const fault = faultOf(error, row)
  const mayWait = fault === 'away' && (isHere || !mayLeadNowhere(row))
  if (fault === 'passing' || mayWait) return keptTrying(work)
  // These bytes are of no use: whatever comes next begins with others.
  await rm(fetchedPath(work), { force: true })
  if (mayAskAgain(row, fault, now)) {
    const dueAt = after(now, linkDelayMs(isAskedAgain(row) ? sinceDoneMs(row, now) : 0))
    const isFilmBroken = fault === 'broken'
    return { event: { type: 'output_not_ready', leaseId, dueAt, isFilmBroken } }
  }
  return { event: { type: 'output_lost', leaseId, error: whyLost(fault, error) } }
}

function whyLost(fault: Fault, error: unknown) {
  if (fault === 'gone') return outputExpired
  return error instanceof ForeignFilmError ? foreignFilm(error) : brokenVideo
}

const triesOfLink = 3

/** Whether the provider is to be asked once more: a link that brings nothing may be no good, or its job no more. */
function mayLeadNowhere({ operation, failures }: GenerationRow) {
  return operation !== null && failures >= triesOfLink
}

/** Disk full, storage away, line down: the bytes are here or still at the provider, so nothing is lost by waiting. */
function keptTrying({ row, leaseId, deps }: StepWork): StepResult {
  const dueAt = after(deps.now(), patientDelayMs(row.failures))
  const failures = row.failures + 1
  const wait = { code: 'storage_down' } as const
  return { event: { type: 'store_delayed', leaseId, wait, dueAt, failures } }
}

/** At least once, and for as long as the link may still come to lead to a video. */
function mayAskAgain(row: GenerationRow, fault: Fault, now: Date) {
  const patience = patienceMs(row, fault)
  if (row.operation === null || patience === 0) return false
  return !isAskedAgain(row) || sinceDoneMs(row, now) < patience
}

function isAskedAgain({ wait }: GenerationRow) {
  return wait?.code === 'link_not_ready'
}

function sinceDoneMs(row: GenerationRow, now: Date) {
  const done = jobDoneAt(row) ?? row.startedAt ?? row.createdAt
  return now.getTime() - done.getTime()
}

const minuteMs = 60_000

// Providers keep a result for days. Broken bytes may become whole while they are still being written there. Of what does
// not answer nothing is known: that ends when the provider says so, or no longer knows the job.
function patienceMs(row: GenerationRow, fault: Fault) {
  if (fault === 'away') return Infinity
  if (fault === 'gone') return isFromOutside(row) ? 24 * 60 * minuteMs : minuteMs
  return fault === 'broken' && isFromOutside(row) ? 60 * minuteMs : 0
}

function isFromOutside({ output }: GenerationRow) {
  return (output as ProviderOutput).kind !== 'path'
}

type Fault = 'away' | 'gone' | 'broken' | 'foreign' | 'dangerous'

function faultOf(error: unknown, row: GenerationRow): Fault | 'passing' {
  if (error instanceof UninspectedVideoError)
    return row.failures >= inspections ? 'dangerous' : 'passing'
  if (error instanceof NoVideoError && isFromOutside(row)) return 'gone'
  if (error instanceof ForeignFilmError) return 'foreign'
  if (error instanceof BrokenVideoError) return 'broken'
  if (error instanceof ProviderError && error.retryable)
    return isOfDisk(error.cause) ? 'passing' : 'away'
  if (error instanceof ProviderError) return 'gone'
  if (error instanceof DownloadError) {
    if (error.code === 'blocked_address' || error.code === 'too_large') return 'dangerous'
    return error.code === 'expired' || error.code === 'broken' ? 'gone' : 'away'
  }
  return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'passing'
}

/** Whether our own disk has refused what was fetched. What a network refuses is named by the error of a call. */
function isOfDisk(cause: unknown) {
  return cause instanceof Error && 'syscall' in cause
}

/** A video that was made, and whose bytes can no longer be had. */
export const outputExpired = {
  code: 'output_expired',
  userMessage: message('provider.outputExpired'),
} as const

const brokenVideo = {
  code: 'generation_failed',
  userMessage: message('provider.notPlayable'),
} as const

function foreignFilm({ format }: ForeignFilmError) {
  const userMessage = message('provider.foreignFilm', { format })
  return { code: 'generation_failed', userMessage } as const
}
