import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Storage } from '../storage/storage.ts'
import { inspectVideo } from './inspect-video.ts'
import { BrokenVideoError, UninspectedVideoError, assertMp4 } from './assert-mp4.ts'
import type { MediaFacts } from './media-facts.ts'

export interface StoredVideo extends MediaFacts {
  sizeBytes: number
  sha256: string
  contentType: string
}

export interface StoreVideoOptions {
  fileId: string
  sourcePath: string
  storage: Storage
  /** Where pictures are drawn before they are stored; emptied afterwards. */
  workFolder: string
  signal: AbortSignal
}

/**
 * Puts a finished video, its poster and its filmstrip to rest and says what they are. Nothing is published before
 * the bytes were read whole and found playable; throws `BrokenVideoError` where they are not.
 */
export async function storeVideo(options: StoreVideoOptions): Promise<StoredVideo> {
  const { fileId, sourcePath, storage, signal } = options
  await assertMp4(sourcePath)
  await mkdir(options.workFolder, { recursive: true })
  const workFolder = await mkdtemp(join(options.workFolder, `${fileId}-`))
  try {
    const facts = await inspectVideo(sourcePath, workFolder, signal).catch((error: unknown) => {
      if (signal.aborted) throw error
      if (wasKilled(error)) throw new UninspectedVideoError('inspection', { cause: error })
      throw new BrokenVideoError('the bytes are no playable video', { cause: error })
    })
    await storage.put(`${fileId}/video.mp4`, sourcePath)
    if (facts.hasPoster) await storage.put(`${fileId}/poster.jpg`, join(workFolder, 'poster.jpg'))
    if (facts.filmstripFrames)
      await storage.put(`${fileId}/filmstrip.jpg`, join(workFolder, 'filmstrip.jpg'))
    const { size } = await stat(sourcePath)
    return { ...facts, sizeBytes: size, sha256: await sha256(sourcePath), contentType: 'video/mp4' }
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

/** Out of time or out of memory says nothing about the bytes; only an end of its own does. */
function wasKilled(error: unknown) {
  return error instanceof Error && 'killed' in error && 'signal' in error && error.signal !== null
}

async function sha256(path: string) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
