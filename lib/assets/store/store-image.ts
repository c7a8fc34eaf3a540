import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { imageMaxSide } from '#lib/contract/generation-inputs'
import { BrokenVideoError, assertPicture } from '../inspect/assert-film.ts'
import { brokenImageExit } from '../inspect/image-facts.ts'
import { type ImageType, readImageHeader } from '../inspect/image-header.ts'
import { isOutOfBounds, lookAtImage, sizeFault } from '../inspect/inspect-image.ts'
import {
  type NamedObject,
  type StoreOptions,
  type StoredMedia,
  bytesOf,
  factsOfPicture,
  put,
  verdictOf,
  withWorkFolder,
} from './stored-media.ts'

/** What the bytes of a generated image are at most. */
export const generatedImageMaxBytes = 100 * 1024 * 1024
// A JPEG names its size behind its metadata.
const headerBytes = 4 * 1024 * 1024

export interface StoreImageOptions extends StoreOptions {
  /** How its objects are named. */
  objects: { poster: NamedObject; pictures: Record<ImageType, NamedObject> }
}

/**
 * Stores a finished image in the format it came in, upright, with a smaller one for cards, and says what they are.
 * Nothing is published before the bytes were found to be a whole picture of bounded size; throws `BrokenVideoError`
 * where they are none.
 */
export async function storeImage(options: StoreImageOptions): Promise<StoredMedia> {
  const { folder, objects, sourcePath, signal } = options
  await assertPicture(sourcePath)
  const contentType = await assertHeader(sourcePath)
  return withWorkFolder(options, async (workFolder) => {
    const look = { task: 'draw', folder: workFolder, maxBytes: generatedImageMaxBytes } as const
    const inspection = {
      what: 'picture',
      signal,
      brokenExit: brokenImageExit,
      isOutOfBounds,
    } as const
    const inspecting = lookAtImage(sourcePath, { ...look, signal })
    const { isRedrawn, ...facts } = await verdictOf(inspecting, inspection)
    await bytesOf(options)
    const picture = objects.pictures[contentType]
    await put(options, picture, isRedrawn ? join(workFolder, 'upright') : sourcePath)
    const drawnBytes = await put(options, objects.poster, join(workFolder, 'poster.jpg'))
    const storageKey = `${folder}/${picture.name}`
    return { ...facts, ...factsOfPicture, drawnBytes, contentType, storageKey }
  })
}

/** Nothing is decoded that claims to be larger than a picture may be. */
async function assertHeader(path: string): Promise<ImageType> {
  const parts: Buffer[] = []
  for await (const part of createReadStream(path, { end: headerBytes - 1 }))
    parts.push(part as Buffer)
  const header = readImageHeader(Buffer.concat(parts))
  if (!header) throw new BrokenVideoError('a picture without a size')
  const fault = sizeFault(header, { maxSide: imageMaxSide })
  if (fault) throw new BrokenVideoError(`${fault.key}: ${header.width} x ${header.height}`)
  return header.contentType
}
