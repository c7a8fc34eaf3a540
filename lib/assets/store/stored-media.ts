import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { BrokenVideoError, UninspectedVideoError } from '../inspect/assert-film.ts'
import type { MediaFacts } from '../inspect/media-facts.ts'
import type { Storage } from '../storage/storage.ts'

export interface Bytes {
  sizeBytes: number
  sha256: string
}

export interface NamedObject {
  name: string
  contentType: string
}

/** What was stored, as its asset tells of it. An image has no codecs, and lasts no time. */
export interface StoredMedia extends Bytes, Omit<MediaFacts, 'container' | 'videoCodec'> {
  videoCodec: string | null
  contentType: string
  storageKey: string
  /** Of poster and filmstrip together. */
  drawnBytes: number
}

export interface StoreOptions {
  /** Where its objects are stored together. */
  folder: string
  sourcePath: string
  /** What was fetched, where that is known: other bytes are not stored. */
  expected?: Bytes
  storage: Storage
  /** Where pictures are drawn before they are stored; emptied afterwards. */
  workFolder: string
  signal: AbortSignal
}

/** What is known of a picture: it has no codecs, lasts no time, and always has a poster. */
export const factsOfPicture = {
  durationSeconds: null,
  videoCodec: null,
  audioCodec: null,
  filmstripFrames: null,
  hasPoster: true,
} as const

interface Inspection {
  what: 'film' | 'picture'
  signal: AbortSignal
  /** How it ends where the bytes are not that. */
  brokenExit: number
  isOutOfBounds?: (code: unknown) => boolean
}

/**
 * What an inspection tells. Only its verdict tells of the bytes (`BrokenVideoError`). One that was killed may
 * (`UninspectedVideoError`), and one that never began does not.
 */
export async function verdictOf<Facts>(
  inspecting: Promise<Facts>,
  { what, signal, brokenExit, isOutOfBounds }: Inspection,
): Promise<Facts> {
  try {
    return await inspecting
  } catch (cause) {
    if (signal.aborted) throw cause
    const { code, signal: killedBy } = cause as { code?: unknown; signal?: unknown }
    if (code === brokenExit) throw new BrokenVideoError(`the bytes are no whole ${what}`, { cause })
    if (killedBy || isOutOfBounds?.(code)) throw new UninspectedVideoError('inspection', { cause })
    throw new Error(`the ${what} cannot be inspected here`, { cause })
  }
}

/** Runs the work with an empty folder of its own. */
export async function withWorkFolder<T>(
  { folder, workFolder }: StoreOptions,
  work: (ownFolder: string) => Promise<T>,
): Promise<T> {
  await mkdir(workFolder, { recursive: true, mode: 0o700 })
  const ownFolder = await mkdtemp(join(workFolder, `${folder}-`))
  try {
    return await work(ownFolder)
  } finally {
    await rm(ownFolder, { recursive: true, force: true })
  }
}

/** Stores a file under its name in the folder; answers how many bytes it has. */
export async function put({ folder, storage }: StoreOptions, { name }: NamedObject, path: string) {
  await storage.put(`${folder}/${name}`, path)
  return (await stat(path)).size
}

/** The bytes of what was brought. Others than were fetched say nothing about it: they are brought once more. */
export async function bytesOf({ sourcePath, expected }: StoreOptions): Promise<Bytes> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(sourcePath), hash)
  const found = { sizeBytes: (await stat(sourcePath)).size, sha256: hash.digest('hex') }
  if (expected && (found.sizeBytes !== expected.sizeBytes || found.sha256 !== expected.sha256))
    throw new Error('the bytes have changed since they were brought')
  return found
}
