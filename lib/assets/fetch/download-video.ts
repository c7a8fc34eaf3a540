import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, type Dispatcher } from 'undici'
import { assertFilm, magicBytes } from '../inspect/assert-film.ts'
import { DownloadError } from './download-error.ts'
import { guardedConnect } from './guarded-connect.ts'
import { openLink } from './open-link.ts'
import { type PartialFile, openPartialFile } from './partial-file.ts'

export interface DownloadVideoOptions {
  /** Hostile input: opened only by https and only at public addresses. */
  url: string
  path: string
  /** Throws where the first bytes of a file begin none of what is wanted. Default: a film. */
  assertHead?: (path: string) => Promise<void>
  /** Opens loopback addresses, too, any port of them, and http for them. No other address is any different. */
  isLoopbackAllowed: boolean
  /** Headers for one hop: given the hop's own URL, so that a key stays at its origin. */
  headersFor?: ((url: URL) => Record<string, string>) | undefined
  signal: AbortSignal
  /** Default 2 GB. */
  maxBytes?: number
  /** For all tries together. Default 15 minutes. */
  timeoutMs?: number
  /** The longest silence, before the answer and within it. Default 30 seconds. */
  idleTimeoutMs?: number
}

const tries = 3
const firstPauseMs = 500

/**
 * Brings a finished video or image from a provider's link to `path`, in up to 3 tries, continuing where a try broke off if
 * the server can. Throws `DownloadError`, `BrokenVideoError` where the bytes begin none (an error page), the
 * signal's reason where it is aborted, and the errors of the disk. After any of them the file is worthless.
 */
export async function downloadVideo(
  options: DownloadVideoOptions,
): Promise<{ sizeBytes: number; sha256: string }> {
  const idleMs = options.idleTimeoutMs ?? 30_000
  const dispatcher = new Agent({
    connect: guardedConnect(options.isLoopbackAllowed),
    headersTimeout: idleMs,
    bodyTimeout: idleMs,
  })
  const file = await openPartialFile(options.path)
  try {
    await fetchInTries(file, dispatcher, options)
    await assertHead(options)
    return { sizeBytes: file.size, sha256: file.sha256() }
  } finally {
    await Promise.all([file.close(), dispatcher.destroy()])
  }
}

function assertHead({ path, assertHead: assert = assertFilm }: DownloadVideoOptions) {
  return assert(path)
}

async function fetchInTries(
  file: PartialFile,
  dispatcher: Dispatcher,
  options: DownloadVideoOptions,
) {
  const limit = AbortSignal.timeout(options.timeoutMs ?? 15 * 60_000)
  const signal = AbortSignal.any([options.signal, limit])
  for (let one = 1; ; one++) {
    try {
      return await fetchRest(file, dispatcher, { ...options, signal })
    } catch (error) {
      options.signal.throwIfAborted()
      if (limit.aborted) throw new DownloadError('unavailable', 'the download took too long', error)
      if (one === tries || !mayPass(error)) throw error
      await sleep(firstPauseMs * 2 ** (one - 1), undefined, { signal }).catch(() => {})
    }
  }
}

function mayPass(error: unknown) {
  return (
    error instanceof DownloadError && (error.code === 'unavailable' || error.code === 'truncated')
  )
}

/** One try: what is missing of the file, or all of it where the server does not continue. */
async function fetchRest(file: PartialFile, dispatcher: Dispatcher, options: DownloadVideoOptions) {
  const { url, maxBytes = 2 * 1024 ** 3 } = options
  const { statusCode, headers, body } = await openLink(url, {
    ...options,
    dispatcher,
    headers: rangeOf(file),
  })
  const announced = lengthOf(headers['content-length'])
  if (statusCode === 200)
    await file.beginAgain(announced === undefined ? undefined : strong(headers.etag))
  else if (!continues(file, headers['content-range']))
    throw new DownloadError('broken', 'the answer is a part that was not asked for')

  const total = announced === undefined ? undefined : file.size + announced
  assertSize(total ?? 0, maxBytes)
  for await (const bytes of bytesOf(body)) {
    const sizeBefore = file.size
    assertSize(sizeBefore + bytes.length, maxBytes)
    await file.append(bytes)
    if (sizeBefore < magicBytes && file.size >= magicBytes) await assertHead(options)
  }
  if (total !== undefined && file.size !== total)
    throw new DownloadError('truncated', `${file.size} bytes came, ${total} were announced`)
}

function rangeOf({ size, version }: PartialFile): Record<string, string> {
  return size > 0 && version !== undefined ? { range: `bytes=${size}-`, 'if-range': version } : {}
}

function continues({ size }: PartialFile, range: string | string[] | undefined) {
  return size > 0 && String(range).startsWith(`bytes ${size}-`)
}

function lengthOf(header: string | string[] | undefined) {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined
}

/** The ETag, where it promises the same bytes; `W/"..."` does not (RFC 9110, 8.8.1). */
function strong(etag: string | string[] | undefined) {
  return typeof etag === 'string' && etag.startsWith('"') ? etag : undefined
}

/** The bytes of a body; whatever breaks it off is named here, so that it is not mistaken for the disk's errors. */
async function* bytesOf(body: AsyncIterable<Uint8Array>) {
  try {
    yield* body
  } catch (error) {
    throw new DownloadError('truncated', 'the connection broke off in the middle', error)
  }
}

function assertSize(bytes: number, maxBytes: number) {
  if (bytes > maxBytes)
    throw new DownloadError('too_large', `${bytes} bytes, where ${maxBytes} are allowed`)
}
