import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Storage } from '../storage/storage.ts'
import { inspectVideo } from './inspect-video.ts'
import { BrokenVideoError, UninspectedVideoError, assertFilm } from './assert-film.ts'
import { brokenVideoExit, type Container, type MediaFacts } from './media-facts.ts'

interface Bytes {
  sizeBytes: number
  sha256: string
}

export interface StoredVideo extends Omit<MediaFacts, 'container'>, Bytes {
  contentType: string
  storageKey: string
}

interface NamedObject {
  name: string
  contentType: string
}

export interface StoreVideoOptions {
  /** Where its objects are stored together, and how they are named there. */
  folder: string
  objects: Record<'poster' | 'filmstrip', NamedObject> & { films: Record<Container, NamedObject> }
  sourcePath: string
  /** What was fetched, where that is known: other bytes are not stored. */
  expected?: Bytes
  storage: Storage
  /** Where pictures are drawn before they are stored; emptied afterwards. */
  workFolder: string
  signal: AbortSignal
}

/**
 * Stores a finished video in the container it came in, with its poster and its filmstrip, and says what they are.
 * Nothing is published before the bytes were found to be a whole film; throws `BrokenVideoError` where they are none.
 */
export async function storeVideo(options: StoreVideoOptions): Promise<StoredVideo> {
  const { folder, objects, sourcePath, storage, signal } = options
  const keyOf = ({ name }: NamedObject) => `${folder}/${name}`
  await assertFilm(sourcePath)
  await mkdir(options.workFolder, { recursive: true, mode: 0o700 })
  const workFolder = await mkdtemp(join(options.workFolder, `${folder}-`))
  try {
    const { container, ...facts } = await inspectVideo(sourcePath, workFolder, signal).catch(
      (error: unknown) => {
        if (signal.aborted) throw error
        throw inspectionFailed(error)
      },
    )
    const bytes = await bytesOf(sourcePath)
    assertSame(bytes, options.expected ?? bytes)
    const film = objects.films[container]
    await storage.put(keyOf(film), sourcePath)
    if (facts.hasPoster) await storage.put(keyOf(objects.poster), join(workFolder, 'poster.jpg'))
    if (facts.filmstripFrames)
      await storage.put(keyOf(objects.filmstrip), join(workFolder, 'filmstrip.jpg'))
    return { ...facts, ...bytes, contentType: film.contentType, storageKey: keyOf(film) }
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

/** Only the verdict of an inspection tells of the bytes. One that was killed may, and one that never began does not. */
function inspectionFailed(cause: unknown) {
  const { code, signal } = cause as { code?: unknown; signal?: unknown }
  if (code === brokenVideoExit)
    return new BrokenVideoError('the bytes are no whole film', { cause })
  if (signal) return new UninspectedVideoError('inspection', { cause })
  return new Error('the video cannot be inspected here', { cause })
}

async function bytesOf(path: string): Promise<Bytes> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return { sizeBytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

/** Bytes that changed since they were brought say nothing about the video: they are brought once more. */
function assertSame(found: Bytes, { sizeBytes, sha256 }: Bytes) {
  if (found.sizeBytes !== sizeBytes || found.sha256 !== sha256)
    throw new Error('the bytes have changed since they were brought')
}
