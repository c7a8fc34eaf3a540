import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { imageSize } from 'image-size'
import { type ImageView, imageMaxSide } from '#lib/contract/generation-inputs'
import { env } from '../env.ts'
import { AppError } from '../errors.ts'
import { type AssetRow, insertUpload } from './assets.ts'
import { newId } from '../ids.ts'
import { productionStorage } from './storage/production-storage.ts'
import type { Storage } from './storage/storage.ts'

const contentTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
}

/** Where uploads are kept, and where their bytes lie until they are. */
export interface UploadDeps {
  storage: Storage
  workFolder: string
  now(): Date
}

function productionUploads(): UploadDeps {
  const workFolder = join(env().DATA_DIR, 'work')
  return { storage: productionStorage(), workFolder, now: () => new Date() }
}

/**
 * Keeps a picture to start videos from. What it is, its own bytes say, never the sender; the same bytes twice are one
 * picture. Throws `invalid_input` where they are no PNG, JPEG or WebP of at most 8,192 pixels a side.
 */
export async function storeImage(
  ownerId: string,
  bytes: Uint8Array,
  deps: UploadDeps = productionUploads(),
): Promise<ImageView> {
  const { extension, ...facts } = factsOf(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const id = newId('image')
  const now = deps.now()
  const fresh = {
    ...facts,
    id,
    ownerId,
    kind: 'image' as const,
    sha256,
    storageKey: `${id}/source.${extension}`,
    sizeBytes: bytes.byteLength,
    createdAt: now,
    usedAt: now,
  }
  const temporary = join(deps.workFolder, id)
  await mkdir(deps.workFolder, { recursive: true })
  try {
    await writeFile(temporary, bytes)
    // The bytes before the row: a row is never without its bytes.
    await deps.storage.put(fresh.storageKey, temporary)
  } finally {
    await rm(temporary, { force: true })
  }
  const row = await insertUpload(fresh)
  if (row.id !== id) await deps.storage.removeAll(id)
  return viewOf(row)
}

function factsOf(bytes: Uint8Array) {
  const { type = '', width, height } = sizeOf(bytes)
  const contentType = contentTypes[type]
  if (!contentType) throw refused('Choose a PNG, JPEG or WebP image.')
  if (width > imageMaxSide || height > imageMaxSide)
    throw refused(`The image has ${width} x ${height} pixels; 8,192 a side are the most.`)
  return { contentType, extension: type, width, height }
}

function sizeOf(bytes: Uint8Array) {
  try {
    return imageSize(bytes)
  } catch {
    throw refused('This is no image we can read. Choose a PNG, JPEG or WebP image.')
  }
}

function refused(message: string) {
  return new AppError('invalid_input', {
    userMessage: message,
    fields: [{ field: 'image', message }],
  })
}

function viewOf({ id, storageKey, contentType, width, height, sizeBytes }: AssetRow): ImageView {
  return { id, contentType, width, height, sizeBytes, url: `/api/media/${storageKey}` }
}
