import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { imageSize } from 'image-size'
import { type ImageView, imageMaxSide } from '#lib/contract/generation-inputs'
import { AppError } from '../errors.ts'
import { type ImageRow, insertImage } from '../files/images.ts'
import { newId } from '../ids.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { imageKey } from '../files/image-key.ts'

const contentTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
}

/**
 * Keeps a picture to start videos from. What it is, its own bytes say, never the sender; the same bytes twice are one
 * picture. Throws `invalid_input` where they are no PNG, JPEG or WebP of at most 8,192 pixels a side.
 */
export async function storeImage(
  userId: string,
  bytes: Uint8Array,
  deps: Pick<GenerationDeps, 'storage' | 'workFolder' | 'now'> = productionDeps(),
): Promise<ImageView> {
  const facts = factsOf(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const id = newId('image')
  const fresh = { ...facts, id, userId, sha256, sizeBytes: bytes.byteLength, createdAt: deps.now() }
  const temporary = join(deps.workFolder, id)
  await mkdir(deps.workFolder, { recursive: true })
  try {
    await writeFile(temporary, bytes)
    // The bytes before the row: a row is never without its bytes.
    await deps.storage.put(imageKey(fresh), temporary)
  } finally {
    await rm(temporary, { force: true })
  }
  const row = await insertImage(fresh)
  if (row.id !== id) await deps.storage.removeAll(id)
  return viewOf(row)
}

function factsOf(bytes: Uint8Array) {
  const { type = '', width, height } = sizeOf(bytes)
  const contentType = contentTypes[type]
  if (!contentType) throw refused('Choose a PNG, JPEG or WebP image.')
  if (width > imageMaxSide || height > imageMaxSide)
    throw refused(`The image has ${width} x ${height} pixels; 8,192 a side are the most.`)
  return { contentType, width, height }
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

function viewOf({ userId: _, sha256: __, createdAt: ___, ...shown }: ImageRow): ImageView {
  return { ...shown, url: `/api/media/${imageKey(shown)}` }
}
